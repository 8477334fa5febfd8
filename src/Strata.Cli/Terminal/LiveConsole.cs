using System.Text;
using Strata.Core;

namespace Strata.Cli.Terminal;

/// <summary>
/// Finished tasks scroll by; below them stands a block with what runs now, redrawn ten times a second. Failures stay in the block, and come
/// in full at the end, with the warnings.
/// </summary>
public sealed class LiveConsole : BuildConsole
{
    private readonly Lock _gate = new();
    private readonly Func<(int Width, int Height)> _size;
    private readonly LiveBlock _block;
    private readonly Timer _timer;
    private int _drawnLines;
    private bool _isCollecting = true;

    public LiveConsole(TextWriter output, Func<(int Width, int Height)> size, bool verbose, Palette palette) : base(output, verbose, palette)
    {
        (_size, _block) = (size, new(Progress, palette));
        _timer = new(_ => Redraw(), null, TimeSpan.FromMilliseconds(100), TimeSpan.FromMilliseconds(100));
    }

    public override void Show(BuildEvent happened)
    {
        lock (_gate) base.Show(happened);
    }

    public override void Dispose()
    {
        _timer.Dispose();
        lock (_gate)
        {
            // A command that ends before its build does still tells its warnings.
            if (_isCollecting) ShowCollected();
            Output.Write(Erase());
            Output.Flush();
            _drawnLines = 0;
        }
        base.Dispose();
    }

    protected override void WriteLine(string text)
    {
        Output.Write(Erase() + text + "\n" + Draw());
    }

    /// <summary>Warnings wait for the end, where they can be seen.</summary>
    protected override void ShowDiagnostic(Diagnostic diagnostic)
    {
        if (diagnostic.Severity == Severity.Error || !_isCollecting) base.ShowDiagnostic(diagnostic);
    }

    /// <summary>The block shows it until the end.</summary>
    protected override void ShowFailure(TaskFinished task)
    {
    }

    protected override void ShowCollected()
    {
        _isCollecting = false;
        foreach (var warning in Progress.Warnings) base.ShowDiagnostic(warning);
        foreach (var task in Progress.Failures) base.ShowFailure(task);
    }

    private void Redraw()
    {
        lock (_gate)
        {
            var (erase, block) = (Erase(), Draw());
            if (erase.Length + block.Length == 0) return;
            Output.Write(erase + block);
            Output.Flush();
        }
    }

    private string Draw()
    {
        if (!_isCollecting) return "";
        var (width, height) = _size();
        var lines = _block.Lines(width, Math.Max(1, height - 2), t => Clock.Since(t.Since));
        _drawnLines = lines.Count;
        var block = new StringBuilder();
        foreach (var line in lines) _ = block.Append(line).Append('\n');
        return block.ToString();
    }

    /// <summary>Takes the cursor back to where the live block began and clears it.</summary>
    private string Erase()
    {
        var lines = _drawnLines;
        _drawnLines = 0;
        return lines == 0 ? "" : string.Create(null, $"\e[{lines}F\e[J");
    }
}
