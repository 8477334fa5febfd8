using Strata.Core;

namespace Strata.Cli.Terminal;

/// <summary>Turns events into lines for a person. Two forms: one line per event, and with a live block of what runs below it.</summary>
public abstract class BuildConsole : IDisposable
{
    private int _finished;
    private int _total;
    private bool _interrupted;

    protected BuildConsole(TextWriter output, bool verbose)
    {
        Output = output;
        Verbose = verbose;
    }

    protected TextWriter Output { get; }

    protected bool Verbose { get; }

    /// <summary>Called for every event, one at a time.</summary>
    public virtual void Show(BuildEvent happened)
    {
        switch (happened)
        {
            case BuildStarted started: _total = started.Total; break;
            case Announced announced: WriteLine(announced.Text); break;
            case DiagnosticReported reported: WriteLine(reported.Diagnostic.ToStringWithSource()); break;
            case InternalError bug: WriteLine($"internal error, please report it:\n{bug.Details}"); break;
            case TaskFinished finished: ShowFinished(finished); break;
            case BuildFinished finished: WriteLine(Summary(finished.Summary)); break;
        }
    }

    public virtual void Dispose() => GC.SuppressFinalize(this);

    protected string Counter => _total == 0 ? "" : $"[{_finished}/{_total}] ";

    protected virtual void WriteLine(string text) => Output.WriteLine(text);

    public static string Seconds(TimeSpan duration) =>
        duration.TotalMinutes >= 1 ? $"{(int)duration.TotalMinutes} min {duration.Seconds} s" : string.Create(null, $"{duration.TotalSeconds:0.0} s");

    private void ShowFinished(TaskFinished task)
    {
        _finished++;
        _interrupted |= task.Outcome == TaskOutcome.Cancelled;
        switch (task.Outcome)
        {
            case TaskOutcome.Ran: WriteLine($"{Counter}{task.Task}  {Seconds(task.Duration)}"); break;
            case TaskOutcome.Restored: WriteLine($"{Counter}{task.Task}  restored"); break;
            case TaskOutcome.UpToDate when Verbose: WriteLine($"{Counter}{task.Task}  up to date"); break;
            case TaskOutcome.Failed: WriteLine(Failure(task)); break;
            case TaskOutcome.Skipped: WriteLine($"{Counter}{task.Task}  skipped"); break;
            case TaskOutcome.Cancelled: WriteLine($"{Counter}{task.Task}  cancelled"); break;
        }
    }

    private string Failure(TaskFinished task)
    {
        var text = $"{Counter}{task.Task}  FAILED after {Seconds(task.Duration)}";
        if (task.LastLines.Length > 0) text += "\n    " + task.LastLines.TrimEnd().ReplaceLineEndings("\n    ");
        return task.LogFile is null ? text : $"{text}\n  log: {task.LogFile}";
    }

    private string Summary(BuildSummary summary)
    {
        var parts = new (int Count, string What)[]
        {
            (summary.Ran, "ran"), (summary.Restored, "restored"), (summary.UpToDate, "up to date"), (summary.Failed, "failed"), (summary.Skipped, "skipped"),
        };
        var counts = string.Join(", ", parts.Where(p => p.Count > 0).Select(p => $"{p.Count} {p.What}"));
        var what = summary.Failed > 0 ? "Build failed" : _interrupted ? "Build interrupted" : counts.Length == 0 ? "Nothing to do" : "Build finished";
        return counts.Length == 0 ? $"{what} ({Seconds(summary.Duration)})" : $"{what}: {counts} ({Seconds(summary.Duration)})";
    }
}
