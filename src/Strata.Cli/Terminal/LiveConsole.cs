using System.Text;
using Spectre.Console;
using Strata.Core;

namespace Strata.Cli.Terminal;

/// <summary>Finished tasks scroll by; below them stands what runs now and since when, redrawn ten times a second.</summary>
public sealed class LiveConsole : BuildConsole
{
    private const string EraseToEnd = "\e[J";

    private readonly Lock _gate = new();
    private readonly IAnsiConsole _console;
    private readonly SortedDictionary<string, RunningTask> _running = new(StringComparer.Ordinal);
    private readonly Timer _timer;
    private int _drawnLines;

    public LiveConsole(TextWriter output, IAnsiConsole console, bool verbose) : base(output, verbose)
    {
        _console = console;
        _timer = new(_ => Redraw(), null, TimeSpan.FromMilliseconds(100), TimeSpan.FromMilliseconds(100));
    }

    public override void Show(BuildEvent happened)
    {
        lock (_gate)
        {
            switch (happened)
            {
                case TaskStarted started: _running[started.Task] = new(Clock.Ticks, ""); break;
                case TaskProgressed progress when _running.TryGetValue(progress.Task, out var task):
                    _running[progress.Task] = task with { Progress = Progress(progress) };
                    break;
                case TaskFinished finished: _running.Remove(finished.Task); break;
            }
            base.Show(happened);
        }
    }

    public override void Dispose()
    {
        _timer.Dispose();
        lock (_gate)
        {
            _running.Clear();
            Output.Write(Erase());
            Output.Flush();
        }
        base.Dispose();
    }

    protected override void WriteLine(string text)
    {
        Output.Write(Erase());
        Output.WriteLine(text);
        Draw();
    }

    private void Redraw()
    {
        lock (_gate)
        {
            Output.Write(Erase());
            Draw();
            Output.Flush();
        }
    }

    private void Draw()
    {
        var block = new StringBuilder();
        var height = Math.Max(1, _console.Profile.Height - 2);
        foreach (var (name, task) in _running.Take(height))
        {
            var line = $"{Counter}{name} {Seconds(Clock.Since(task.Since))} {task.Progress}";
            block.Append(line.Length < _console.Profile.Width ? line : line[..(_console.Profile.Width - 1)]).Append('\n');
        }
        _drawnLines = Math.Min(height, _running.Count);
        Output.Write(block);
    }

    /// <summary>Takes the cursor back to where the live block began and clears it.</summary>
    private string Erase() => _drawnLines == 0 ? "" : string.Create(null, $"\e[{_drawnLines}F{EraseToEnd}");

    private static string Progress(TaskProgressed progress) =>
        progress.Total > 0 ? $"{progress.What} {progress.Done * 100 / progress.Total} %" : $"{progress.What} {progress.Done / 1024} KiB";

    private readonly record struct RunningTask(long Since, string Progress);
}
