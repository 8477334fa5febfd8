using System.Collections.Immutable;
using Strata.Core;

namespace Strata.Cache;

/// <summary>
/// The remotes of a build behind its store: what the store does not have is looked for in each of them in turn, and what the build
/// makes is sent, in the background, to those that may be written to.
/// </summary>
public sealed class RemoteCache : IAsyncDisposable
{
    /// <summary>Each takes a process, a few buffers and an archive on the disk.</summary>
    private const int BroughtAtOnce = 8;

    private readonly ArtifactStore _store;
    private readonly EventStream _events;
    private readonly HttpClient _client;
    private readonly ImmutableArray<Remote> _remotes;
    private readonly ImmutableArray<UploadQueue> _queues;
    private readonly Breaker _notStored = new(1);
    private readonly SemaphoreSlim _bringing = new(BroughtAtOnce);

    private RemoteCache(RemoteOptions options, ArtifactStore store, EventStream events)
    {
        (_store, _events) = (store, events);
        _client = HttpExchange.Client(options.Timeout);
        var places = new RemotePlaces(_client, new(options.Environment));
        _remotes = [.. options.Addresses.Select(a => new Remote(a, places.Open(a.Uri), options, Report))];
        _queues = [.. _remotes.Where(r => r.TakesUploads).Select(r => new UploadQueue(r, store, options, events))];
    }

    /// <summary>Asks nobody anything yet.</summary>
    public static RemoteCache Open(RemoteOptions options, ArtifactStore store, EventStream events) => new(options, store, events);

    /// <summary>The artifact of the key, brought into the store and recorded there; null when no remote has it whole.</summary>
    public async Task<Digest?> RestoreAsync(Digest key, CancellationToken cancel)
    {
        foreach (var remote in _remotes)
            if (await remote.FindAsync(key, cancel) is { } record && await BringAsync(remote, record, cancel))
            {
                var artifact = Digest.Parse(record.Artifact);
                _store.Record(key, record.Name, artifact);
                return artifact;
            }
        return null;
    }

    /// <summary>The artifact that a remote promises for the key; nothing of it is fetched.</summary>
    public async Task<Digest?> FindAsync(Digest key, CancellationToken cancel)
    {
        foreach (var remote in _remotes)
            if (await remote.FindAsync(key, cancel) is { } record) return Digest.Parse(record.Artifact);
        return null;
    }

    /// <summary>Sends the artifact, unless it is there already, and what leads to it. Returns at once.</summary>
    /// <param name="name">For people: the task that made it.</param>
    /// <param name="explain">Called later, in another thread: what the deep key was made from, if somebody knows.</param>
    public void Offer(string name, Digest artifact, Func<KeyBundle?> explain, params ReadOnlySpan<Digest> keys)
    {
        if (_queues.IsEmpty) return;
        var upload = new Upload(name, artifact, [.. keys], explain);
        foreach (var queue in _queues) queue.Add(upload);
    }

    /// <summary>Sends what earlier builds were ended with before it had arrived. Returns at once.</summary>
    /// <param name="explain">Called later, in another thread: what the keys of a task's artifact were made from, if somebody knows.</param>
    public void Continue(Func<string, ImmutableArray<Digest>, KeyBundle?> explain)
    {
        foreach (var queue in _queues) queue.Continue(explain);
    }

    /// <summary>Sends everything that is recorded in the store.</summary>
    /// <param name="explain">What the keys of a task's artifact were made from, if somebody knows.</param>
    public void OfferAll(Func<string, ImmutableArray<Digest>, KeyBundle?> explain)
    {
        foreach (var (artifact, name, keys) in _store.Recorded()) Offer(name, artifact, () => explain(name, keys), [.. keys]);
    }

    /// <summary>What a key of a task was made from, as the first remote that knows tells it.</summary>
    /// <param name="key">Null for the key that the task had when it was last sent there.</param>
    public async Task<KeyBundle?> FindKeysAsync(string task, Digest? key, CancellationToken cancel)
    {
        var file = _store.ScratchFile();
        try
        {
            foreach (var remote in _remotes)
                if (await remote.FindKeysAsync(task, key, file, cancel) is { } bundle) return bundle;
            return null;
        }
        finally
        {
            File.Delete(file);
        }
    }

    /// <summary>Waits for what was offered and says what became of it.</summary>
    /// <returns>Whether all of it arrived everywhere.</returns>
    public async Task<bool> FinishAsync(CancellationToken cancel)
    {
        if (_queues.Sum(q => q.Open) is > 0 and var open) _events.Publish(new Announced($"sending {open} artifacts to remotes"));
        await Task.WhenAll(_queues.Select(q => q.FinishAsync(cancel)));
        foreach (var queue in _queues.Where(q => q.Sent > 0)) _events.Publish(new Announced($"{queue.Sent} artifacts are now on {queue.Remote}"));
        return _queues.All(q => q.IsComplete);
    }

    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(_queues.Select(q => q.FinishAsync(new(canceled: true))));
        foreach (var queue in _queues) queue.Dispose();
        foreach (var remote in _remotes) remote.Dispose();
        _client.Dispose();
        _bringing.Dispose();
    }

    private async Task<bool> BringAsync(Remote remote, RemoteRecord record, CancellationToken cancel)
    {
        if (_store.Has(Digest.Parse(record.Artifact))) return true;
        var file = _store.ScratchFile();
        await _bringing.WaitAsync(cancel);
        try
        {
            if (!await remote.DownloadAsync(record, file, cancel)) return false;
            if (await _store.UnpackAsync(file, record, cancel) is not { } wrong) return true;
            remote.Distrust(record, wrong);
        }
        catch (StoreException e)
        {
            // The task runs instead; if the disk does not allow that either, it says so.
            if (_notStored.Open()) Report(CacheRules.NotStored(remote.Name, e.Message));
        }
        finally
        {
            File.Delete(file);
            _ = _bringing.Release();
        }
        return false;
    }

    private void Report(Diagnostic diagnostic) => _events.Publish(new DiagnosticReported(diagnostic));
}
