using CommandLine;
using Strata.Cli.Answers;
using Strata.Cli.Images;
using Strata.Cli.Usage;
using Strata.Packaging;

namespace Strata.Cli.Verbs;

[Verb("image tree", HelpText = "Show directories and files of an image with their sizes, as a container sees them.")]
[Examples("strata image tree hello-image", "strata image tree app.oci --depth 4")]
public sealed record ImageTreeVerb : ImageVerb
{
    [Value(0, MetaName = "IMAGE", Required = true, HelpText = "HOST/REPOSITORY:TAG, a directory with an image layout, or an image recipe that was built.")]
    public string Image { get; init; } = "";

    [Option("depth", MetaValue = "N", Default = 2, HelpText = "How deep to go; what is below counts for its directory.")]
    public int Depth { get; init; } = 2;

    private protected override async Task<ExitCode> RunAsync(ImagePlaces places, CommandContext context, CancellationToken cancel)
    {
        var (store, name) = places.Find(Image, cancel);
        var contents = await ImageContents.ReadAsync(store, await store.GetAsync(name, cancel), cancel);
        var sizes = new SortedDictionary<string, long>(StringComparer.Ordinal);
        foreach (var file in contents.Files.Values)
            foreach (var path in Above(file.Path)) sizes[path] = sizes.GetValueOrDefault(path) + file.Size;
        context.Output.Write(TextTable.Of(sizes.Select(s => (string[])[Megabytes(s.Value).PadLeft(14), s.Key])));
        return ExitCode.Success;
    }

    /// <summary>The path itself and the directories above it, as deep as is asked for.</summary>
    private IEnumerable<string> Above(string path)
    {
        var parts = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        for (var i = 0; i <= Math.Min(Depth, parts.Length); i++) yield return "/" + string.Join('/', parts.Take(i));
    }
}
