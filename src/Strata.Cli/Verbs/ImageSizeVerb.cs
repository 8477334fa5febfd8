using CommandLine;
using Strata.Cli.Answers;
using Strata.Cli.Images;
using Strata.Cli.Usage;
using Strata.Packaging;

namespace Strata.Cli.Verbs;

[Verb("image size", HelpText = "Say what takes the room in an image: image layers, the largest files, and what is hidden by higher image layers.")]
[Examples("strata image size hello-image", "strata image size registry.example/team/app:1.0 --top 50")]
public sealed record ImageSizeVerb : ImageContentsVerb
{
    [Option("top", MetaValue = "N", Default = 20, HelpText = "So many files.")]
    public int Top { get; init; } = 20;

    private protected override void Show(ImageContents contents, ImagePlaces places, CommandContext context)
    {
        var unpacked = contents.Files.Values.ToLookup(f => f.Layer, f => f.Size);
        context.Output.Write(TextTable.Of(
        [
            .. contents.LayerSizes.Select((size, i) => (string[])["layer", Megabytes(unpacked[i].Sum()).PadLeft(14), $"{Megabytes(size)} compressed  {contents.LayerNames[i]}".TrimEnd()]),
            .. contents.Files.Values.OrderByDescending(f => f.Size).ThenBy(f => f.Path, StringComparer.Ordinal).Take(Top)
                .Select(f => (string[])["file", Megabytes(f.Size).PadLeft(14), f.Path]),
            ["hidden", Megabytes(contents.Wasted).PadLeft(14), "in files that a higher image layer replaces or removes"],
            ["all", Megabytes(contents.Files.Values.Sum(f => f.Size)).PadLeft(14), $"{Megabytes(contents.LayerSizes.Sum())} compressed"],
        ]));
    }
}
