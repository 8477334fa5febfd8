using System.Collections.Immutable;
using Strata.Cache;
using Strata.Core;
using Strata.Graph;
using Strata.Sandbox;

namespace Strata.Execution;

/// <summary>
/// Builds the targets of a graph: takes from the store what is there, runs the rest, and nothing that nobody needs. Whatever
/// happens (failure, cancellation, a bug), when it returns nothing is left running and the next build can go on from there.
/// </summary>
public sealed class BuildRunner(
    BuildOptions options,
    ArtifactStore store,
    BuildHistory history,
    ImmutableSortedDictionary<string, BuiltinTask> builtins,
    EventStream events,
    RemoteCache? remotes = null)
{
    public async Task<BuildOutcome> RunAsync(TaskGraph graph, CancellationToken cancel)
    {
        var (started, since) = (Clock.Now, Clock.Ticks);
        events.Publish(new BuildStarted(graph.Tasks.Count(t => t.Kind is not TaskKind.Empty)));

        using var jobs = new JobServer(Math.Max(1, options.Jobs));
        using var sandboxes = new SandboxRunner(Path.Combine(options.TempDirectory, "sandbox"));
        var deployment = new Deployment(Path.Combine(options.TempDirectory, "deploy"));
        var runner = new TaskRunner(options, store, remotes, builtins, events, sandboxes, jobs, deployment);
        var report = new BuildReport(events);
        var ready = new ReadyTasks(graph, new(() => CriticalPath.Of(graph, history)));
        await new Scheduler(graph, options, runner, jobs, report, ready).RunAsync(cancel);
        if (remotes is not null) await remotes.FinishAsync(cancel);

        var outcome = report.Conclude(Clock.Since(since), cancel.IsCancellationRequested);
        if (!options.DryRun) Remember(graph, started, outcome, report);
        events.Publish(new BuildFinished(outcome.Summary));
        return outcome;
    }

    private void Remember(TaskGraph graph, DateTimeOffset started, BuildOutcome outcome, BuildReport report)
    {
        var record = new BuildRecord(0, started, [.. graph.Targets.Select(t => graph[t].Name)], outcome.Summary);
        if (history.Save(record, report.Runs) is { } problem) events.Publish(new DiagnosticReported(problem));
    }
}
