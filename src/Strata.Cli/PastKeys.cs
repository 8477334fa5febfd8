using System.Collections.Immutable;
using Strata.Cache;
using Strata.Core;
using Strata.Graph;
using Strata.Graph.Why;

namespace Strata.Cli;

/// <summary>The keys of a graph beside those of an earlier build.</summary>
/// <param name="since">The build to compare with; null for each task's last key that differs from the current one.</param>
internal sealed class PastKeys(TaskGraph graph, BuildHistory history, long? since)
{
    private const int RememberedRuns = 20;

    private readonly Dictionary<string, TaskKey?> _known = new(StringComparer.Ordinal);
    private readonly Lazy<ILookup<string, string>> _dependants = new(() =>
        graph.Tasks.SelectMany(t => t.Dependencies.Select(d => (Above: t.Name, Below: graph[d].Name))).ToLookup(p => p.Below, p => p.Above, StringComparer.Ordinal));
    private readonly Lazy<IReadOnlyDictionary<string, PastRun>> _runs = new(() => history.LastRuns(since + 1));

    /// <summary>What has to be in the graph: remotes know of a task through what later tasks of its recipe made.</summary>
    public static ImmutableArray<string> Targets(string task, bool fromRemotes) =>
        fromRemotes && task.LastIndexOf(':') is > 0 and var colon ? [task, task[..colon]] : [task];

    public WhyReport Explain(string task) => WhyExplainer.Explain(task, Old, name => graph.Find(name)?.DeepKey, OldDigest);

    private TaskKey? Old(string task)
    {
        if (_known.TryGetValue(task, out var known)) return known;
        return _known[task] = since is not null
            ? _runs.Value.TryGetValue(task, out var run) ? history.FindKey(run.Key) : null
            : BeforeTheLastChange(task, graph.Find(task)?.DeepKey.Digest);
    }

    /// <summary>That of the last build, or an older one if nothing has changed since.</summary>
    private TaskKey? BeforeTheLastChange(string task, Digest? current)
    {
        var runs = history.Runs(task, RememberedRuns);
        var changed = runs.Where(r => r.Key != current).Select(r => history.FindKey(r.Key)).FirstOrDefault(k => k is not null);
        return changed ?? (runs.IsEmpty ? null : history.FindKey(runs[0].Key));
    }

    /// <summary>A build that restored what is above a task never decided about the task itself, but the keys above name its digest.</summary>
    private string? OldDigest(string task) =>
        _dependants.Value[task].Select(above => Old(above)?.Fields.GetValueOrDefault($"dep:{task}")).FirstOrDefault(d => d is not null);
}
