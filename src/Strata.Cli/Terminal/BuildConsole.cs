using Strata.Core;

namespace Strata.Cli.Terminal;

/// <summary>Turns events into lines for a person. Two forms: one line per event, and with a live block of what runs below it.</summary>
public abstract class BuildConsole(TextWriter output, bool verbose, Palette palette) : IEventReader
{
    private readonly SourceLines _lines = new();

    protected TextWriter Output { get; } = output;

    protected Palette Palette { get; } = palette;

    protected BuildProgress Progress { get; } = new();

    /// <summary>Called for every event, one at a time.</summary>
    public virtual void Show(BuildEvent happened)
    {
        Progress.Note(happened);
        switch (happened)
        {
            case Announced announced: WriteLine(announced.Text); break;
            case DiagnosticReported reported: ShowDiagnostic(reported.Diagnostic); break;
            case InternalError bug: WriteLine(Palette.Bad($"internal error, please report it:\n{bug.Details}")); break;
            case TaskFinished finished: ShowFinished(finished); break;
            case BuildFinished finished: ShowEnd(finished.Summary); break;
        }
    }

    public virtual void Dispose() => GC.SuppressFinalize(this);

    protected string Counter => Progress.Total == 0 ? "" : $"[{Progress.Finished}/{Progress.Total}] ";

    protected virtual void WriteLine(string text) => Output.WriteLine(text);

    protected virtual void ShowDiagnostic(Diagnostic diagnostic) =>
        WriteLine(diagnostic.Severity == Severity.Error ? Palette.Bad(diagnostic.ToStringWithSource(_lines)) : Palette.Warning(diagnostic.ToStringWithSource(_lines)));

    protected virtual void ShowFailure(TaskFinished task) => WriteLine(Palette.Bad(Counter + ConsoleTexts.Failure(task)));

    /// <summary>What stands between the last task and the summary.</summary>
    protected abstract void ShowCollected();

    protected void ShowEnd(BuildSummary summary)
    {
        ShowCollected();
        var text = ConsoleTexts.Summary(summary, Progress.IsInterrupted, Progress.Warnings.Count);
        WriteLine(summary.Failed > 0 ? Palette.Bad(text) : Progress.IsInterrupted ? Palette.Warning(text) : Palette.Good(text));
    }

    private void ShowFinished(TaskFinished task)
    {
        switch (task.Outcome)
        {
            case TaskOutcome.Ran: WriteLine($"{Counter}{task.Task}  {ConsoleTexts.Seconds(task.Duration)}"); break;
            case TaskOutcome.Restored: WriteLine($"{Counter}{task.Task}  restored"); break;
            case TaskOutcome.UpToDate when verbose: WriteLine($"{Counter}{task.Task}  up to date"); break;
            case TaskOutcome.Failed: ShowFailure(task); break;
            case TaskOutcome.Skipped: WriteLine($"{Counter}{task.Task}  skipped"); break;
            case TaskOutcome.Cancelled: WriteLine($"{Counter}{task.Task}  cancelled"); break;
        }
    }
}
