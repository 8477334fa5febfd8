using System.Collections.Concurrent;
using Strata.Core;

namespace Strata.Cache;

/// <summary>
/// One remote as a build sees it: nothing it does or fails to do is an error of the build. It gets its patience once; what it sends is
/// believed when digests, and where keys are configured signatures, agree; it is warned about once for each reason.
/// </summary>
internal sealed class Remote(RemoteAddress address, RemotePlace place, RemoteOptions options, Action<Diagnostic> report) : IDisposable
{
    private const int MostFailures = 3;
    private const int QuestionsAtOnce = 16;

    private readonly Breaker _asking = new(MostFailures);
    private readonly Breaker _downloading = new(MostFailures);
    private readonly Breaker _unusable = new(1);
    private readonly Breaker _lying = new(1);
    private readonly Breaker _writing = new(1);
    private readonly Breaker _untrusted = new(1);
    private readonly SemaphoreSlim _gate = new(QuestionsAtOnce);
    private readonly ConcurrentDictionary<string, bool> _damaged = new(StringComparer.Ordinal);

    public string Name { get; } = address.ToString();

    public bool TakesUploads => address.CanWrite && !_writing.IsOpen;

    /// <summary>Null when the remote does not know the key, cannot be asked, or cannot be believed.</summary>
    public Task<RemoteRecord?> FindAsync(Digest key, CancellationToken cancel) => AskAsync(_asking, pace => ReadRecordAsync(key, pace), cancel);

    /// <summary>Whether the archive's bytes are now in the file: all of them and no others.</summary>
    /// <exception cref="StoreException">The file cannot be written.</exception>
    public async Task<bool> DownloadAsync(RemoteRecord record, string file, CancellationToken cancel)
    {
        var arrived = await AskAsync(_downloading, async pace =>
        {
            await using var body = await place.OpenArchiveAsync(Digest.Parse(record.Archive.Digest), pace.Token)
                ?? throw Lie($"has a record of {record.Name} but not its archive {record.Archive.Digest}");
            var actual = await Download.ToFileAsync(body, file, record.Archive.Size, pace);
            if (actual.ToString() != record.Archive.Digest) throw Lie($"sent an archive of {record.Name} with the digest {actual} instead of {record.Archive.Digest}");
            return file;
        }, cancel);
        if (arrived is null) _damaged[record.Artifact] = true;
        return arrived is not null;
    }

    /// <summary>The archive was the promised one, and what was in it was not.</summary>
    public void Distrust(RemoteRecord record, string reason)
    {
        _damaged[record.Artifact] = true;
        Failed(_downloading, Lie(reason));
    }

    /// <param name="scratch">A name for a file; it is removed.</param>
    /// <exception cref="RemoteException">It does not take it.</exception>
    public async Task UploadAsync(Upload upload, Func<Task<PackedArchive>> pack, string scratch, CancellationToken cancel)
    {
        var record = await KnownAsync(upload.Artifact, cancel);
        if (record is null || !await IsThereAsync(record, cancel)) record = await SendArtifactAsync(upload, pack, cancel);
        foreach (var key in upload.Keys) await SendRecordAsync(record with { Key = key.ToString(), Name = upload.Name }, key, cancel);
        if (upload.Explain() is { } bundle) await SendKeysAsync(bundle, scratch, cancel);
    }

    /// <summary>What a key of a task was made from: the given one, or else the one that it had when it was last sent. Null when the remote does not know.</summary>
    /// <param name="file">Takes what is downloaded.</param>
    public async Task<KeyBundle?> FindKeysAsync(string task, Digest? key, string file, CancellationToken cancel)
    {
        var record = await FindAsync(key is { } wanted ? KeyBundle.PlaceOf(wanted) : KeyBundle.LatestOf(task), cancel);
        if (record is null || record.Archive.Size > KeyBundle.MostBytes || !await DownloadAsync(record, file, cancel)) return null;
        using var bytes = File.OpenRead(file);
        if (KeyBundle.Parse(bytes) is { } bundle && bundle.Task == task && bundle.Key.ToString() == record.Artifact) return bundle;
        Failed(_asking, Lie($"sent something that does not tell of {task}"));
        return null;
    }

    public void StopUploads(string reason)
    {
        if (_writing.Open() && !_unusable.IsOpen) report(CacheRules.RemoteTakesNothing(Name, reason));
    }

    public void Dispose() => _gate.Dispose();

    private async Task<RemoteRecord?> ReadRecordAsync(Digest key, Pace pace)
    {
        if (await place.ReadRecordAsync(key, pace.Token) is not { } bytes) return null;
        var (record, isTrusted) = options.Seal.Open(bytes, key);
        if (record is null) throw new RemoteException(RemoteFault.Lie, $"sent something that is no record of the key {key}");
        if (isTrusted || address.IsUnsigned || !options.Seal.IsStrict) return record;
        if (_untrusted.Open()) report(CacheRules.RecordNotTrusted(Name, record.Name));
        return null;
    }

    /// <summary>The record that others left about the artifact; one that is damaged is as good as none.</summary>
    private async Task<RemoteRecord?> KnownAsync(Digest artifact, CancellationToken cancel)
    {
        try
        {
            return await Pace.RunAsync(options, pace => ReadRecordAsync(artifact, pace), cancel);
        }
        catch (RemoteException e) when (e.Fault is RemoteFault.Lie)
        {
            return null;
        }
    }

    private async Task<bool> IsThereAsync(RemoteRecord record, CancellationToken cancel) =>
        !_damaged.ContainsKey(record.Artifact) && await Pace.RunAsync(options, pace => place.HasArchiveAsync(Digest.Parse(record.Archive.Digest), pace.Token), cancel);

    private async Task<RemoteRecord> SendArtifactAsync(Upload upload, Func<Task<PackedArchive>> pack, CancellationToken cancel)
    {
        var packed = await pack();
        var record = new RemoteRecord(upload.Artifact.ToString(), upload.Name, upload.Artifact.ToString(), packed.Entries, packed.Bytes, new(packed.Digest.ToString(), packed.Size));
        if (!await IsThereAsync(record, cancel)) await SendArchiveAsync(packed.Digest, packed.File, cancel);
        await SendRecordAsync(record, upload.Artifact, cancel);
        _ = _damaged.TryRemove(record.Artifact, out _);
        return record;
    }

    /// <summary>As an archive with two records: one under the key, which stays, and one under the task, which the next build replaces.</summary>
    private async Task SendKeysAsync(KeyBundle bundle, string scratch, CancellationToken cancel)
    {
        var bytes = bundle.ToBytes();
        if (bytes.Length > KeyBundle.MostBytes) return;
        var digest = Digest.Of(bytes);
        var record = new RemoteRecord("", bundle.Task, bundle.Key.ToString(), 1, bytes.Length, new(digest.ToString(), bytes.Length));
        try
        {
            File.WriteAllBytes(scratch, bytes);
            if (!await IsThereAsync(record, cancel)) await SendArchiveAsync(digest, scratch, cancel);
        }
        finally
        {
            File.Delete(scratch);
        }
        foreach (var place in (Digest[])[KeyBundle.PlaceOf(bundle.Key), KeyBundle.LatestOf(bundle.Task)])
            await SendRecordAsync(record with { Key = place.ToString() }, place, cancel);
    }

    private Task<bool> SendArchiveAsync(Digest digest, string file, CancellationToken cancel) => Pace.RunAsync(options, async pace =>
    {
        await place.WriteArchiveAsync(digest, file, pace);
        return true;
    }, cancel);

    private Task<bool> SendRecordAsync(RemoteRecord record, Digest key, CancellationToken cancel) => Pace.RunAsync(options, async pace =>
    {
        await place.WriteRecordAsync(key, options.Seal.Close(record), record.Archive, pace.Token);
        return true;
    }, cancel);

    private async Task<T?> AskAsync<T>(Breaker breaker, Func<Pace, Task<T?>> question, CancellationToken cancel) where T : class
    {
        if (_unusable.IsOpen) return null;
        await _gate.WaitAsync(cancel);
        try
        {
            // Who waited here while the remote died must not wait for it once more.
            if (_unusable.IsOpen) return null;
            var answer = await Pace.RunAsync(options, question, cancel);
            breaker.Succeed();
            return answer;
        }
        catch (RemoteException e)
        {
            Failed(breaker, e);
            return null;
        }
        finally
        {
            _ = _gate.Release();
        }
    }

    private void Failed(Breaker breaker, RemoteException failure)
    {
        if (failure.Fault is RemoteFault.Lie && _lying.Open()) report(CacheRules.RemoteLies(Name, failure.Message));
        if (failure.Fault is RemoteFault.Dead) _ = _writing.Open();
        if (breaker.Fail(isFinal: failure.Fault is RemoteFault.Dead or RemoteFault.Refused) && _unusable.Open() && failure.Fault is not RemoteFault.Lie)
            report(CacheRules.RemoteUnusable(Name, failure.Message));
    }

    private static RemoteException Lie(string reason) => new(RemoteFault.Lie, reason);
}
