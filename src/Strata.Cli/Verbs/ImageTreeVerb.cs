using CommandLine;
using Strata.Cli.Answers;
using Strata.Cli.Images;
using Strata.Cli.Usage;
using Strata.Packaging;

namespace Strata.Cli.Verbs;

[Verb("image tree", HelpText = "Show directories and files of an image with their sizes, as a container sees them.")]
[Examples("strata image tree hello-image", "strata image tree app.oci --depth 4")]
public sealed record ImageTreeVerb : ImageContentsVerb
{
    [Option("depth", MetaValue = "N", Default = 2, HelpText = "How deep to go; what is below counts for its directory.")]
    public int Depth { get; init; } = 2;

    private protected override void Show(ImageContents contents, ImagePlaces places, CommandContext context)
    {
        var sizes = new SortedDictionary<string, long>(StringComparer.Ordinal);
        foreach (var file in contents.Files.Values)
            foreach (var path in Above(file.Path)) sizes[path] = sizes.GetValueOrDefault(path) + file.Size;
        context.Output.Write(TextTable.Of(sizes.Select(s => (string[])[Megabytes(s.Value).PadLeft(14), s.Key])));
    }

    /// <summary>The path itself and the directories above it, as deep as is asked for.</summary>
    private IEnumerable<string> Above(string path)
    {
        var parts = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        for (var i = 0; i <= Math.Min(Depth, parts.Length); i++) yield return "/" + string.Join('/', parts.Take(i));
    }
}
