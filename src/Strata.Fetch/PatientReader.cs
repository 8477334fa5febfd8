using Strata.Core;

namespace Strata.Fetch;

/// <summary>Reads from a server until patience is at an end: one that drips a byte now and then would hold a build up for ever.</summary>
internal sealed class PatientReader(Stream body, Patience patience) : IDisposable
{
    private CancellationTokenSource? _alarm;
    private long _windowStart = Clock.Ticks;
    private long _inWindow;

    /// <exception cref="TimeoutException">The server is silent or too slow.</exception>
    public async Task<int> ReadAsync(Memory<byte> buffer, CancellationToken cancel)
    {
        _alarm ??= CancellationTokenSource.CreateLinkedTokenSource(cancel);
        _alarm.CancelAfter(patience.Idle);
        try
        {
            var read = await body.ReadAsync(buffer, _alarm.Token);
            RequireSpeed(read);
            return read;
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            throw new TimeoutException($"sent nothing for {patience.Idle.TotalSeconds:0.#} s");
        }
    }

    public void Dispose() => _alarm?.Dispose();

    private void RequireSpeed(int read)
    {
        _inWindow += read;
        if (read == 0 || Clock.Since(_windowStart) < patience.Window) return;
        if (_inWindow < patience.BytesPerWindow) throw new TimeoutException($"sent only {_inWindow} bytes in {patience.Window.TotalSeconds:0.#} s");
        (_windowStart, _inWindow) = (Clock.Ticks, 0);
    }
}
