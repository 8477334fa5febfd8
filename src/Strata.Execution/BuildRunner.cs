using System.Collections.Immutable;
using Strata.Cache;
using Strata.Core;
using Strata.Graph;

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
        FileMask.Fix();
        var (started, since) = (Clock.Now, Clock.Ticks);
        events.Publish(new BuildStarted(graph.Tasks.Count(t => t.Kind is not TaskKind.Empty)));

        using var jobs = new JobServer(Math.Max(1, options.Jobs), options.SandboxDirectory) { IsNamed = options.UnsandboxedRoot is null };
        await using var sandboxes = options.OpenSandbox();
        var deployment = new Deployment(Path.Combine(options.TempDirectory, "deploy"));
        var runner = new TaskRunner(options, store, remotes, builtins, events, sandboxes, jobs, deployment);
        var build = options.DryRun ? 0 : history.Begin(started, Targets(graph));
        var logs = new KeptLogs(KeptLogs.DirectoryIn(options.TempDirectory), build);
        var report = new BuildReport(events, logs, since);
        var pool = new ResourcePool(options.MaxMemory ?? GC.GetGCMemoryInfo().TotalAvailableMemoryBytes, new("/proc"));
        var ready = new ReadyTasks(new(() => CriticalPath.Of(graph, history)), pool);
        await using (options.Stop.Register(() => events.Publish(new Announced("no further task starts; those that run may end (Ctrl-C again ends them now)"))))
            await new Scheduler(graph, options, history, runner, jobs, report, ready, pool).RunAsync(cancel);
        if (remotes is not null) await remotes.FinishAsync(cancel);

        var outcome = report.Conclude(cancel.IsCancellationRequested || options.Stop.IsCancellationRequested) with { Build = build };
        if (!options.DryRun)
        {
            Remember(new(build, started, Targets(graph), outcome.Summary), report);
            logs.Sweep();
        }
        events.Publish(new BuildFinished(outcome.Summary));
        return outcome;
    }

    private static ImmutableArray<string> Targets(TaskGraph graph) => [.. graph.Targets.Select(t => graph[t].Name)];

    private void Remember(BuildRecord record, BuildReport report)
    {
        if (history.Save(record, report.Runs) is { } problem) events.Publish(new DiagnosticReported(problem));
    }
}
