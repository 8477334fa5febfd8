using Strata.Core;

namespace Strata.Cli.Terminal;

/// <summary>The lines at the bottom of a terminal while a build runs: failures, what each worker does, how far all is.</summary>
internal sealed class LiveBlock(BuildProgress progress, Palette palette)
{
    private const int Wide = 64;
    private const int FailuresShown = 3;
    private const int LogLines = 4;

    /// <summary>At most as many lines as asked for, none longer than the width; colours do not count.</summary>
    /// <param name="elapsed">For how long a task has been running.</param>
    public List<string> Lines(int width, int height, Func<RunningTask, TimeSpan> elapsed)
    {
        if (progress.Running.IsEmpty && progress.Failures.Count == 0) return [];
        var last = Cut(Overall(width, elapsed), width);
        var failures = progress.Failures.TakeLast(FailuresShown).SelectMany(f => Failure(f, width)).Take(Math.Max(0, height - 2)).ToList();
        var workers = progress.Running.Take(Math.Max(1, height - 1 - failures.Count)).Select(t => Worker(t, width, elapsed(t)));
        return [.. failures.Select(palette.Bad), .. workers, palette.Quiet(last)];
    }

    private static IEnumerable<string> Failure(TaskFinished task, int width) =>
        ConsoleTexts.Tail(task, LogLines).Select(l => "    " + l).Prepend($"FAILED {task.Task}").Select(l => Cut(l, width));

    private static string Worker(RunningTask task, int width, TimeSpan elapsed)
    {
        var time = ConsoleTexts.Seconds(elapsed) + (task.Expected is { } expected && expected.TotalSeconds >= 1 ? $" of {ConsoleTexts.About(expected)}" : "");
        var room = width - time.Length - 4;
        var name = room < task.Name.Length && task.Name.Length > 0 ? Cut(task.Name, Math.Max(8, room)) : task.Name;
        return Cut($"  {name}  {time}{(task.Progress.Length > 0 ? "  " + task.Progress : "")}", width);
    }

    private string Overall(int width, Func<RunningTask, TimeSpan> elapsed)
    {
        var estimate = progress.Estimate(elapsed) is { } rest ? $"about {ConsoleTexts.About(rest)}" : "";
        string[] parts = width >= Wide
            ? [$"{progress.Finished} of {progress.Total} done", Count(progress.Restored, "restored"), Count(progress.Ran, "ran"), Count(progress.Running.Length, "running"),
               Count(progress.Left, "left"), Count(progress.Warnings.Count, progress.Warnings.Count == 1 ? "warning" : "warnings"), estimate]
            : [$"{progress.Finished}/{progress.Total}", Count(progress.Left, "left"), estimate];
        return string.Join(", ", parts.Where(p => p.Length > 0));
    }

    private static string Count(int count, string what) => count == 0 ? "" : $"{count} {what}";

    private static string Cut(string line, int width) => line.Length < width ? line : line[..Math.Max(0, width - 2)] + "…";
}
