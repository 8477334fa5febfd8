using System.Collections.Immutable;
using Strata.Cache;
using Strata.Core;
using Strata.Execution;
using Strata.Graph;

namespace Strata.Cli.Reproducibility;

/// <summary>Says what came out differently when it was made a second time.</summary>
internal static class RebuildReport
{
    private const int MostFiles = 50;

    /// <summary>Lines of diffoscope that are shown of one file; people who need more call it themselves.</summary>
    private const int MostLines = 60;

    /// <summary>Publishes the differences; false when there are any.</summary>
    public static async Task<bool> ShowAsync(Rebuild rebuild, TaskGraph graph, ArtifactStore store, EventStream events, CancellationToken cancel)
    {
        var different = rebuild.Artifacts.Where(a => !a.IsSame).ToImmutableArray();
        foreach (var artifact in different)
        {
            var (before, made) = (store.PathOf(artifact.Before), store.PathOf(artifact.Made));
            var differences = TreeComparison.Of(before, made).ToImmutableArray();
            events.Publish(new DiagnosticReported(CliRules.NotReproducible(graph.Find(artifact.Task)!.Place, artifact.Task, differences.Length, before, made)));
            foreach (var difference in differences.Take(MostFiles))
            {
                events.Publish(new Announced($"  {difference.Path}: {difference.What}"));
                if (!difference.IsContent) continue;
                foreach (var line in await ExplainAsync(Path.Combine(before, difference.Path), Path.Combine(made, difference.Path), cancel)) events.Publish(new Announced($"    {line}"));
            }
            if (differences.Length > MostFiles) events.Publish(new Announced($"  and {differences.Length - MostFiles} more"));
        }
        events.Publish(new Announced($"{rebuild.Artifacts.Length - different.Length} of {rebuild.Artifacts.Length} artifacts came out the same the second time."));
        return different.IsEmpty;
    }

    /// <summary>What diffoscope says about two files; nothing when it is not installed.</summary>
    private static async Task<ImmutableArray<string>> ExplainAsync(string before, string made, CancellationToken cancel)
    {
        try
        {
            var outcome = await ProcessRunner.RunAsync(new() { Command = ["diffoscope", "--no-progress", "--text-color", "never", before, made] }, cancel);
            // The first two lines name the two files.
            return [.. outcome.Output.TrimEnd('\n').Split('\n').Skip(2).Take(MostLines)];
        }
        catch (FileNotFoundException)
        {
            return [];
        }
    }
}
