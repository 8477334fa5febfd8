namespace Strata.Cli;

/// <summary>What Ctrl-C does: it ends a command at once, or, while a command has asked for it, gently first and at once the second time.</summary>
public sealed class Interruption : IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly CancellationTokenSource _now = new();
    private volatile bool _gentle;

    /// <summary>Everything is to end now.</summary>
    public CancellationToken Now => _now.Token;

    /// <summary>From here on the first Ctrl-C cancels the result, and <see cref="Now"/> is left to the second.</summary>
    public CancellationToken AskGently()
    {
        _gentle = true;
        return _stop.Token;
    }

    /// <returns>False when everything was told to end before: then the process is to die, whatever it does.</returns>
    public bool Interrupt()
    {
        if (_now.IsCancellationRequested) return false;
        if (_gentle && !_stop.IsCancellationRequested) _stop.Cancel();
        else _now.Cancel();
        return true;
    }

    /// <returns>As <see cref="Interrupt"/>.</returns>
    public bool Terminate()
    {
        if (_now.IsCancellationRequested) return false;
        _now.Cancel();
        return true;
    }

    public void Dispose()
    {
        _stop.Dispose();
        _now.Dispose();
    }
}
