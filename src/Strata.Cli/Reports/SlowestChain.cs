using System.Collections.Immutable;
using Strata.Cache;

namespace Strata.Cli.Reports;

/// <summary>The critical path of a build as it was: from the task that ended last, always to the dependency that ended last.</summary>
public static class SlowestChain
{
    private const string DependencyField = "dep:";

    /// <param name="runs">Of one build.</param>
    /// <param name="history">Knows the dependencies, which are fields of the keys.</param>
    /// <returns>First task first.</returns>
    public static ImmutableArray<PastRun> Of(ImmutableArray<PastRun> runs, BuildHistory history)
    {
        var known = runs.ToDictionary(r => r.Task, StringComparer.Ordinal);
        var chain = new List<PastRun>();
        for (var at = runs.MaxBy(End); at is not null && !chain.Contains(at); at = LastOf(Dependencies(at, known, history), at)) chain.Add(at);
        chain.Reverse();
        return [.. chain];
    }

    private static TimeSpan End(PastRun run) => run.Started + run.Duration;

    private static PastRun? LastOf(IEnumerable<PastRun> dependencies, PastRun of) => dependencies.Where(d => End(d) <= End(of)).MaxBy(End);

    private static IEnumerable<PastRun> Dependencies(PastRun run, Dictionary<string, PastRun> known, BuildHistory history) =>
        (history.FindKey(run.Key)?.Fields.Keys ?? []).Where(f => f.StartsWith(DependencyField, StringComparison.Ordinal))
            .Select(f => known.GetValueOrDefault(f[DependencyField.Length..])).OfType<PastRun>();
}
