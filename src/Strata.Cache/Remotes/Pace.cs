using Strata.Core;

namespace Strata.Cache;

/// <summary>
/// The patience for one exchange with a remote: something must arrive within the timeout, and on the whole no slower than the slowest
/// rate that is worth waiting for. Works also when what is waited for cannot be interrupted.
/// </summary>
internal sealed class Pace : IDisposable
{
    private readonly RemoteOptions _options;
    private readonly CancellationTokenSource _patience;
    private long _started;
    private long _bytes;

    private Pace(RemoteOptions options, CancellationToken cancel)
    {
        _options = options;
        _patience = CancellationTokenSource.CreateLinkedTokenSource(cancel);
    }

    /// <summary>Ends when the patience does.</summary>
    public CancellationToken Token => _patience.Token;

    /// <exception cref="RemoteException">The exchange failed or took too long.</exception>
    public static async Task<T> RunAsync<T>(RemoteOptions options, Func<Pace, Task<T>> exchange, CancellationToken cancel)
    {
        using var pace = new Pace(options, cancel);
        try
        {
            return await Task.Run(() => pace.Start(exchange), CancellationToken.None).WaitAsync(pace.Token);
        }
        catch (OperationCanceledException e) when (!cancel.IsCancellationRequested)
        {
            var slow = Interlocked.Read(ref pace._bytes) > 0 ? "was too slow or stopped half-way" : $"did not answer within {options.Timeout.TotalSeconds:0.#} s";
            throw new RemoteException(RemoteFault.Dead, slow, e);
        }
        catch (HttpRequestException e)
        {
            var isGone = e.HttpRequestError is HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError or HttpRequestError.SecureConnectionError;
            throw new RemoteException(isGone ? RemoteFault.Dead : RemoteFault.Passing, e.InnerException?.Message ?? e.Message, e);
        }
        catch (Exception e) when (StoreErrors.Covers(e))
        {
            throw new RemoteException(RemoteFault.Passing, e.Message, e);
        }
    }

    /// <summary>So many more bytes have moved.</summary>
    public void Advance(int bytes)
    {
        if (bytes == 0) return;
        var expected = _options.Timeout + TimeSpan.FromSeconds((double)Interlocked.Add(ref _bytes, bytes) / _options.SlowestRate);
        var left = expected - Clock.Since(_started);
        var patience = left < TimeSpan.Zero ? TimeSpan.Zero : left < _options.Timeout ? left : _options.Timeout;
        if (!_patience.IsCancellationRequested) _patience.CancelAfter(patience);
    }

    public void Dispose() => _patience.Dispose();

    /// <summary>The clock starts when the exchange does: a machine that is too busy to begin is not the remote's fault.</summary>
    private Task<T> Start<T>(Func<Pace, Task<T>> exchange)
    {
        _started = Clock.Ticks;
        _patience.CancelAfter(_options.Timeout);
        return exchange(this);
    }
}
