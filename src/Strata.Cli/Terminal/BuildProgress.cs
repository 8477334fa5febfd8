using System.Collections.Immutable;
using Strata.Core;

namespace Strata.Cli.Terminal;

/// <summary>How far a build is, from its events. Not safe for several threads.</summary>
public sealed class BuildProgress
{
    private readonly Dictionary<string, TaskOutcome> _finished = new(StringComparer.Ordinal);
    private readonly Dictionary<string, RunningTask> _running = new(StringComparer.Ordinal);
    private readonly HashSet<string> _keptRecipes = new(StringComparer.Ordinal);
    private readonly List<TaskFinished> _failures = [];
    private readonly List<Diagnostic> _warnings = [];
    private BuildPlanned? _plan;

    /// <summary>Tasks that the build may have to do.</summary>
    public int Total { get; private set; }

    public int Finished => _finished.Count;

    public int Ran => Count(TaskOutcome.Ran);

    public int Restored => Count(TaskOutcome.Restored);

    /// <summary>The longest running first.</summary>
    public ImmutableArray<RunningTask> Running => [.. _running.Values.OrderBy(t => t.Since).ThenBy(t => t.Name, StringComparer.Ordinal)];

    public IReadOnlyList<TaskFinished> Failures => _failures;

    public IReadOnlyList<Diagnostic> Warnings => _warnings;

    public bool IsInterrupted { get; private set; }

    /// <summary>Tasks that are still to come; those of recipes whose result was found are not needed.</summary>
    public int Left => _plan is null ? Math.Max(0, Total - Finished - _running.Count) : Waiting().Count();

    public void Note(BuildEvent happened)
    {
        switch (happened)
        {
            case BuildPlanned planned: _plan = planned; break;
            case BuildStarted started: Total = started.Total; break;
            case TaskStarted started: _running[started.Task] = new(started.Task, Clock.Ticks, _plan?.Expected(started.Task), ""); break;
            case TaskProgressed progress when _running.TryGetValue(progress.Task, out var task): _running[progress.Task] = task with { Progress = Text(progress) }; break;
            case TaskFinished finished: Note(finished); break;
            case DiagnosticReported { Diagnostic: { Severity: Severity.Warning } warning }: _warnings.Add(warning); break;
        }
    }

    /// <summary>
    /// How long the rest takes when every task takes as long as before; null while nothing is known. The tasks that nobody has timed count as the mean
    /// of the others.
    /// </summary>
    /// <param name="elapsed">For how long a task has been running.</param>
    public TimeSpan? Estimate(Func<RunningTask, TimeSpan> elapsed)
    {
        if (_plan is null) return null;
        var running = _running.Values.Select(t => t.Expected is { } expected && expected > elapsed(t) ? expected - elapsed(t) : TimeSpan.Zero).ToArray();
        var waiting = Waiting().Select(_plan.Expected).ToArray();
        var known = waiting.OfType<TimeSpan>().ToArray();
        if (known.Length == 0 && (waiting.Length > 0 || running.All(r => r == TimeSpan.Zero))) return null;

        var mean = known.Length == 0 ? 0 : known.Average(k => k.TotalSeconds);
        var work = running.Sum(r => r.TotalSeconds) + known.Sum(k => k.TotalSeconds) + (mean * (waiting.Length - known.Length));
        var longest = running.Concat(known).Max(t => t.TotalSeconds);
        return TimeSpan.FromSeconds(Math.Max(work / Math.Max(1, _plan.Jobs), longest));
    }

    private void Note(TaskFinished task)
    {
        _ = _running.Remove(task.Task);
        _finished[task.Task] = task.Outcome;
        IsInterrupted |= task.Outcome == TaskOutcome.Cancelled;
        if (task.Outcome == TaskOutcome.Failed) _failures.Add(task);
        if (task.Outcome is TaskOutcome.Restored or TaskOutcome.UpToDate) _ = _keptRecipes.Add(RecipeOf(task.Task));
    }

    private IEnumerable<string> Waiting() =>
        _plan!.Tasks.Where(t => !_finished.ContainsKey(t) && !_running.ContainsKey(t) && !_keptRecipes.Contains(RecipeOf(t)));

    private int Count(TaskOutcome outcome) => _finished.Values.Count(o => o == outcome);

    private static string RecipeOf(string task) => task[..task.LastIndexOf(':')];

    private static string Text(TaskProgressed progress) =>
        progress.Total > 0 ? $"{progress.What} {progress.Done * 100 / progress.Total} %" : $"{progress.What} {progress.Done / 1024} KiB";
}
