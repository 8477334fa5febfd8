using Strata.Core;

namespace Strata.Cli.Terminal;

/// <summary>What the consoles say about tasks, builds and times.</summary>
internal static class ConsoleTexts
{
    private const int LastLines = 20;

    public static string Seconds(TimeSpan duration) =>
        duration.TotalMinutes >= 1 ? $"{(int)duration.TotalMinutes} min {duration.Seconds} s" : string.Create(null, $"{duration.TotalSeconds:0.0} s");

    /// <summary>Without a fraction: for what is only a guess.</summary>
    public static string About(TimeSpan duration) =>
        duration.TotalHours >= 1 ? $"{(int)duration.TotalHours} h {duration.Minutes} min"
        : duration.TotalMinutes >= 1 ? $"{(int)duration.TotalMinutes} min {duration.Seconds} s"
        : string.Create(null, $"{Math.Ceiling(duration.TotalSeconds):0} s");

    public static string Failure(TaskFinished task, int lines = LastLines)
    {
        var text = $"{task.Task}  FAILED after {Seconds(task.Duration)}";
        foreach (var line in Tail(task, lines)) text += $"\n    {line}";
        return task.LogFile is null ? text : $"{text}\n  log: {task.LogFile}";
    }

    public static IEnumerable<string> Tail(TaskFinished task, int lines) =>
        task.LastLines.TrimEnd().ReplaceLineEndings("\n").Split('\n', StringSplitOptions.RemoveEmptyEntries).TakeLast(lines);

    public static string Summary(BuildSummary summary, bool isInterrupted, int warnings)
    {
        var parts = new (int Count, string What)[]
        {
            (summary.Ran, "ran"), (summary.Restored, "restored"), (summary.UpToDate, "up to date"), (summary.Failed, "failed"), (summary.Skipped, "skipped"),
            (warnings, warnings == 1 ? "warning" : "warnings"),
        };
        var counts = string.Join(", ", parts.Where(p => p.Count > 0).Select(p => $"{p.Count} {p.What}"));
        var isIdle = summary is { Ran: 0, Restored: 0, UpToDate: 0, Failed: 0, Skipped: 0 };
        var what = summary.Failed > 0 ? "Build failed" : isInterrupted ? "Build interrupted" : isIdle ? "Nothing to do" : "Build finished";
        return counts.Length == 0 ? $"{what} ({Seconds(summary.Duration)})" : $"{what}: {counts} ({Seconds(summary.Duration)})";
    }
}
