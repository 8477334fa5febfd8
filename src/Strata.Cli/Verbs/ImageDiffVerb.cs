using CommandLine;
using Strata.Cli.Answers;
using Strata.Cli.Images;
using Strata.Cli.Usage;
using Strata.Packaging;

namespace Strata.Cli.Verbs;

[Verb("image diff", HelpText = "Say which files two images do not have in common; how they are shared out among image layers does not matter.")]
[Examples("strata image diff registry.example/team/app:1.0 app-image", "strata image diff old.oci new.oci")]
public sealed record ImageDiffVerb : ImageVerb
{
    [Value(0, MetaName = "OLD", Required = true, HelpText = "HOST/REPOSITORY:TAG, a directory with an image layout, or an image recipe that was built.")]
    public string Old { get; init; } = "";

    [Value(1, MetaName = "NEW", Required = true, HelpText = "The image to compare with.")]
    public string New { get; init; } = "";

    private protected override async Task<ExitCode> RunAsync(ImagePlaces places, CommandContext context, CancellationToken cancel)
    {
        var (before, after) = (await FilesAsync(Old), await FilesAsync(New));
        var rows = before.Keys.Union(after.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal)
            .Select(path => Row(path, before.GetValueOrDefault(path), after.GetValueOrDefault(path))).OfType<string[]>().ToArray();
        context.Output.Write(TextTable.Of(rows));
        context.Output.WriteLine($"{rows.Length} differences, {Megabytes(after.Values.Sum(f => f.Size) - before.Values.Sum(f => f.Size))} more");
        return ExitCode.Success;

        async Task<IReadOnlyDictionary<string, ImageFile>> FilesAsync(string word)
        {
            var (store, name) = places.Find(word, cancel);
            return (await ImageContents.ReadAsync(store, await store.GetAsync(name, cancel), cancel)).Files;
        }
    }

    private static string[]? Row(string path, ImageFile? before, ImageFile? after) => (before, after) switch
    {
        (null, { } added) => ["added", Megabytes(added.Size).PadLeft(14), path],
        ({ } removed, null) => ["removed", Megabytes(-removed.Size).PadLeft(14), path],
        ({ } old, { } now) when old.Identity != now.Identity => ["changed", Megabytes(now.Size - old.Size).PadLeft(14), path],
        _ => null,
    };
}
