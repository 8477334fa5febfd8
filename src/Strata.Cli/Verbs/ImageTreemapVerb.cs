using CommandLine;
using Strata.Cli.Images;
using Strata.Cli.Images.Treemap;
using Strata.Cli.Usage;
using Strata.Core;
using Strata.Packaging;

namespace Strata.Cli.Verbs;

[Verb("image treemap", HelpText = "Write a page that shows what takes the room in an image: sizes as areas, by image layer, directory and file.")]
[Examples("strata image treemap hello-image -o sizes.html")]
public sealed record ImageTreemapVerb : ImageVerb
{
    [Value(0, MetaName = "IMAGE", Required = true, HelpText = "HOST/REPOSITORY:TAG, a directory with an image layout, or an image recipe that was built.")]
    public string Image { get; init; } = "";

    [Option('o', "output", MetaValue = "FILE", Default = "image-sizes.html", HelpText = "Where to write it: one HTML file that needs no other.")]
    public string Output { get; init; } = "image-sizes.html";

    private protected override async Task<ExitCode> RunAsync(ImagePlaces places, CommandContext context, CancellationToken cancel)
    {
        var (store, name) = places.Find(Image, cancel);
        var contents = await ImageContents.ReadAsync(store, await store.GetAsync(name, cancel), cancel);
        var file = places.Absolute(Output);
        AtomicFile.WriteAllText(file, TreemapPage.Of(Image, TreemapTree.Of(contents)));
        context.Output.WriteLine(file);
        return ExitCode.Success;
    }
}
