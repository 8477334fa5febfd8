using System.Collections.Immutable;
using System.Threading.Channels;
using Strata.Core;

namespace Strata.Cache;

/// <summary>
/// Sends what a build made to one remote while the build goes on. What waits here is names and digests; only what is being sent takes
/// room, as an archive on the disk of the store.
/// </summary>
internal sealed class UploadQueue : IDisposable
{
    private const int Workers = 2;

    private readonly Remote _remote;
    private readonly ArtifactStore _store;
    private readonly RemoteOptions _options;
    private readonly EventStream _events;
    private readonly CancellationTokenSource _stop = new();
    private readonly Channel<Upload> _waiting = Channel.CreateUnbounded<Upload>();
    private readonly UnsentUploads _unsent;
    private readonly Task[] _workers;
    private int _sent;
    private int _open;
    private int _offered;

    public UploadQueue(Remote remote, ArtifactStore store, RemoteOptions options, EventStream events)
    {
        (_remote, _store, _options, _events) = (remote, store, options, events);
        _unsent = UnsentUploads.Of(remote.Name, store.Root);
        _workers = [.. Enumerable.Range(0, Workers).Select(_ => Task.Run(WorkAsync))];
    }

    public string Remote => _remote.Name;

    /// <summary>How many artifacts have arrived.</summary>
    public int Sent => _sent;

    /// <summary>Whether everything that was offered so far has arrived.</summary>
    public bool IsComplete => _sent == _offered;

    /// <summary>How many are waiting or under way.</summary>
    public int Open => _open;

    public void Add(Upload upload)
    {
        _unsent.Add(upload);
        Enqueue(upload);
    }

    /// <summary>Goes on where earlier builds were ended.</summary>
    public void Continue(Func<string, ImmutableArray<Digest>, KeyBundle?> explain)
    {
        foreach (var upload in _unsent.All(artifact => Directory.Exists(_store.PathOf(artifact)), explain)) Enqueue(upload);
    }

    private void Enqueue(Upload upload)
    {
        _ = Interlocked.Increment(ref _offered);
        if (!_remote.TakesUploads) return;
        _ = Interlocked.Increment(ref _open);
        _waiting.Writer.TryWrite(upload);
    }

    /// <summary>Waits until everything is sent or given up; when cancelled, until what is under way has stopped.</summary>
    public async Task FinishAsync(CancellationToken cancel)
    {
        _ = _waiting.Writer.TryComplete();
        await using var stop = cancel.Register(_stop.Cancel);
        await Task.WhenAll(_workers);
    }

    public void Dispose() => _stop.Dispose();

    private async Task WorkAsync()
    {
        await foreach (var upload in _waiting.Reader.ReadAllAsync(CancellationToken.None))
        {
            if (_remote.TakesUploads && !_stop.IsCancellationRequested) await SendSafelyAsync(upload);
            _ = Interlocked.Decrement(ref _open);
        }
    }

    /// <summary>Sharing is a favour to others: whatever goes wrong with it, this build is fine.</summary>
    private async Task SendSafelyAsync(Upload upload)
    {
        try
        {
            await SendAsync(upload);
            _unsent.Remove(upload);
            _ = Interlocked.Increment(ref _sent);
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // Whoever builds next sends it.
        }
        catch (Exception e) when (e is RemoteException or StoreException || StoreErrors.Covers(e))
        {
            _remote.StopUploads(e.Message);
        }
        catch (Exception bug)
        {
            _remote.StopUploads(bug.Message);
            _events.Publish(new InternalError(bug.ToString()));
        }
    }

    private async Task SendAsync(Upload upload)
    {
        var packing = new Lazy<Task<PackedArchive>>(() => _store.PackAsync(upload.Artifact, _stop.Token));
        try
        {
            for (var attempt = 1; ; attempt++)
                try
                {
                    await _remote.UploadAsync(upload, () => packing.Value, _store.ScratchFile(), _stop.Token);
                    return;
                }
                catch (RemoteException e) when (e.Fault is not RemoteFault.Refused && attempt < _options.Attempts && _remote.TakesUploads)
                {
                    await Task.Delay(_options.RetryDelay * (1 << (attempt - 1)), _stop.Token);
                }
        }
        finally
        {
            if (packing is { IsValueCreated: true, Value.IsCompletedSuccessfully: true }) (await packing.Value).Dispose();
        }
    }
}
