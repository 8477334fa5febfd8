using System.Collections.Immutable;
using Strata.Cache;
using Strata.Core;
using Strata.Graph;

namespace Strata.Execution;

/// <summary>Tells the events what happens, and keeps what is worth remembering. Owned by the scheduler's loop.</summary>
/// <param name="begun">When the build began, on the monotonic clock.</param>
internal sealed class BuildReport(EventStream events, KeptLogs logs, long begun)
{
    private readonly Dictionary<string, TaskRun> _runs = new(StringComparer.Ordinal);

    public int Failures { get; private set; }

    public IEnumerable<TaskRun> Runs => _runs.Values;

    public void Started(TaskNode task) => events.Publish(new TaskStarted(task.Name));

    /// <summary>A task may come more than once: one that was kept may have to run later.</summary>
    public void Finished(TaskNode task, TaskResult result)
    {
        if (result.Outcome is TaskOutcome.UpToDate or TaskOutcome.Skipped && _runs.ContainsKey(task.Name)) return;
        if (result.Outcome is TaskOutcome.Failed) Failures++;
        if (result.Bug is { } bug) events.Publish(new InternalError(bug));
        foreach (var diagnostic in result.Diagnostics) events.Publish(new DiagnosticReported(diagnostic));
        var now = Clock.Since(begun);
        _runs[task.Name] = new(task.Name, task.DeepKey, result.Outcome, result.Duration, result.Artifact)
        {
            Started = now > result.Duration ? now - result.Duration : TimeSpan.Zero,
            Usage = result.Usage,
            Source = result.Source,
        };
        logs.Keep(task, result);
        events.Publish(new TaskFinished(task.Name, result.Outcome, result.Duration, result.LogFile, result.LastLines));
    }

    public void Finished(TaskNode task, TaskOutcome outcome, TimeSpan duration = default, Digest? artifact = null) =>
        Finished(task, new TaskResult(outcome, duration) { Artifact = artifact });

    public void Waiting(string recipe, string lockFile) => Waiting(events, recipe, lockFile);

    public static void Waiting(EventStream events, string recipe, string lockFile) =>
        events.Publish(new Announced($"waiting for another strata that works on {recipe} in this workspace ({lockFile})"));

    public void Bug(string details) => events.Publish(new InternalError(details));

    public BuildOutcome Conclude(bool cancelled)
    {
        var summary = new BuildSummary(Count(TaskOutcome.Ran), Count(TaskOutcome.Restored), Count(TaskOutcome.UpToDate),
            Count(TaskOutcome.Failed), Count(TaskOutcome.Skipped), Clock.Since(begun));
        return new(
            _runs.ToImmutableSortedDictionary(r => r.Key, r => r.Value.Outcome, StringComparer.Ordinal),
            _runs.Where(r => r.Value.Artifact is not null).ToImmutableSortedDictionary(r => r.Key, r => r.Value.Artifact!.Value, StringComparer.Ordinal),
            summary, cancelled);
    }

    private int Count(TaskOutcome outcome) => _runs.Values.Count(r => r.Outcome == outcome);
}
