using CommandLine;
using Strata.Cli.Images;
using Strata.Cli.Images.Treemap;
using Strata.Cli.Usage;
using Strata.Core;
using Strata.Packaging;

namespace Strata.Cli.Verbs;

[Verb("image treemap", HelpText = "Write a page that shows what takes the room in an image: sizes as areas, by image layer, directory and file.")]
[Examples("strata image treemap hello-image -o sizes.html")]
public sealed record ImageTreemapVerb : ImageContentsVerb
{
    [Option('o', "output", MetaValue = "FILE", Default = "image-sizes.html", HelpText = "Where to write it: one HTML file that needs no other.")]
    public string Output { get; init; } = "image-sizes.html";

    private protected override void Show(ImageContents contents, ImagePlaces places, CommandContext context)
    {
        var file = places.Absolute(Output);
        AtomicFile.WriteAllText(file, TreemapPage.Of(Image, TreemapTree.Of(contents)));
        context.Output.WriteLine(file);
    }
}
