using System.Collections.Immutable;
using Strata.Core;

namespace Strata.Cache;

/// <summary>
/// Directories named by what is in them, and the keys that lead to them. What is found is complete: an artifact is made
/// aside and renamed into place, whatever kills the process, fills the disk, or runs at the same time.
/// </summary>
/// <remarks>
/// <c>artifacts/ab/HEX</c> with its manifest <c>HEX.json</c>, <c>keys/ab/HEX</c>, <c>boots/</c> (see <see cref="Boots"/>), <c>incoming/</c> and <c>trash/</c> for what is
/// not an artifact yet or any more, <c>lock</c>, and <c>index.db</c>, which may be deleted. Safe to use from several threads,
/// except that garbage must not be collected while the same instance serves a build.
/// <para>
/// On a file server: everything rests on rename within one directory tree and on <c>flock</c>, which NFS has from Linux 2.6.12 on
/// (mounted without <c>nolock</c> or <c>local_lock</c>); nothing rests on the times of other machines but which artifact collection takes
/// first, on append, or on seeing at once what another machine wrote: what is not seen yet is built once more and comes out the same.
/// </para>
/// </remarks>
public sealed class ArtifactStore : IDisposable
{
    private readonly StoreLock _lock;
    private readonly KeyFiles _keys;
    private readonly Trash _trash;
    private readonly Boots _boots;
    private readonly ArtifactShelf _shelf;
    private readonly string _incoming;

    private ArtifactStore(string root)
    {
        Root = root;
        _incoming = Path.Combine(root, "incoming");
        _keys = new(Path.Combine(root, "keys"));
        _trash = new(Path.Combine(root, "trash"));
        _boots = new(Path.Combine(root, "boots"));
        _shelf = new(Path.Combine(root, "artifacts"), _trash, _boots);
        Directory.CreateDirectory(root);
        _lock = new(Path.Combine(root, "lock"));
        _boots.Sign();
    }

    public string Root { get; }

    /// <summary>Opens the store and makes it when it is missing. While it is open no other process collects garbage in it.</summary>
    /// <exception cref="StoreException">The directory cannot be made or written.</exception>
    public static ArtifactStore Open(string root) => StoreErrors.Guard(root, () => new ArtifactStore(root));

    /// <summary>The artifact recorded under the key, if it is there and complete by count and size; counts as a use of it.</summary>
    public Digest? Find(Digest key) => StoreErrors.Guard(Root, () =>
    {
        if (_keys.Read(key) is not (var artifact, _) || !_shelf.IsComplete(artifact)) return (Digest?)null;
        _shelf.MarkUsed(artifact);
        return artifact;
    });

    /// <summary>Whether the artifact is there and complete by count and size.</summary>
    public bool Has(Digest artifact) => StoreErrors.Guard(Root, () => _shelf.IsComplete(artifact));

    /// <summary>The read-only directory of the artifact, there or not.</summary>
    public string PathOf(Digest artifact) => _shelf.PathOf(artifact);

    /// <summary>
    /// Takes the directory into the store and away from where it was. Its times become the epoch and write permission goes,
    /// for everyone: modes that matter beyond read and execute belong into a file of the artifact. Empty directories, links
    /// (never followed), hard links within the tree and set-user-id bits are kept.
    /// </summary>
    /// <exception cref="StoreException">The tree has entries that cannot be stored, or the disk is full; the store is as before.</exception>
    public Digest Add(string directory, CancellationToken cancel = default) => StoreErrors.Guard(Root, () =>
    {
        var tree = Tree.Unlock(directory);                    // refuses before anything moves
        var staged = AtomicFile.ScratchName(Path.Combine(_incoming, "artifact"));
        Directory.CreateDirectory(_incoming);
        var moved = Posix.Rename(directory, staged) == RenameResult.Done;
        if (!moved) TreeCopy.Make(tree, staged);

        Digest artifact;
        try
        {
            var mine = moved ? tree with { Root = staged } : Tree.Unlock(staged);
            artifact = TreeSealer.Seal(mine, cancel);
            _shelf.Place(mine, artifact);
        }
        catch
        {
            if (moved && Directory.Exists(staged)) Directory.Move(staged, directory);
            else FileTree.Delete(staged);
            throw;
        }
        if (!moved) FileTree.Delete(directory);
        return artifact;
    });

    /// <summary>From now on the key leads to the artifact.</summary>
    /// <param name="name">For people: the task that made it, such as <c>zlib:do_install</c>.</param>
    /// <exception cref="ArgumentException">The artifact is not in the store, which is a bug in the caller.</exception>
    public void Record(Digest key, string name, Digest artifact) => StoreErrors.Guard(Root, () =>
    {
        if (!_shelf.IsComplete(artifact)) throw new ArgumentException($"{artifact} is not in the store", nameof(artifact));
        _keys.Write(key, name, artifact);
    });

    /// <summary>A name for a file that is not an artifact yet.</summary>
    internal string ScratchFile() => StoreErrors.Guard(Root, () =>
    {
        Directory.CreateDirectory(_incoming);
        return AtomicFile.ScratchName(Path.Combine(_incoming, "archive"));
    });

    /// <summary>The artifact as a compressed archive.</summary>
    internal Task<PackedArchive> PackAsync(Digest artifact, CancellationToken cancel) => ArchiveWriter.PackAsync(PathOf(artifact), ScratchFile(), cancel);

    /// <summary>Puts the artifact of an archive in place.</summary>
    /// <returns>Null, or why it is not what was promised; then the store is as before.</returns>
    /// <exception cref="StoreException">It cannot be written.</exception>
    internal async Task<string?> UnpackAsync(string archive, RemoteRecord promised, CancellationToken cancel)
    {
        var staged = AtomicFile.ScratchName(Path.Combine(_incoming, "artifact"));
        try
        {
            StoreErrors.Guard(staged, () => Directory.CreateDirectory(staged));
            var (tree, artifact) = await ArchiveReader.UnpackAsync(archive, staged, promised.Entries, promised.Bytes, cancel);
            if (artifact.ToString() != promised.Artifact) return $"sent an archive of {promised.Name} that holds {artifact} instead of {promised.Artifact}";
            StoreErrors.Guard(Root, () => _shelf.Place(tree, artifact));
            return null;
        }
        catch (InvalidDataException e)
        {
            return $"sent an archive of {promised.Name} that cannot be unpacked: {e.Message}";
        }
        finally
        {
            FileTree.Delete(staged);
        }
    }

    /// <summary>Digests the artifact again; a damaged one is removed and reported, a damaged manifest is written anew.</summary>
    /// <returns>Null when it is as it should be, or not there.</returns>
    public Diagnostic? Verify(Digest artifact, CancellationToken cancel = default) => StoreErrors.Guard(Root, () =>
    {
        if (!Directory.Exists(PathOf(artifact)) || Damage(artifact, cancel) is not { } damage) return null;

        Remove(artifact);
        return CacheRules.DamagedArtifact(PathOf(artifact), damage);
    });

    /// <summary>Verifies every artifact and every key; one diagnostic for each that was damaged, ordinal by digest. Builds may go on meanwhile.</summary>
    public ImmutableArray<Diagnostic> VerifyAll(CancellationToken cancel = default) =>
        [.. StoreErrors.Guard(Root, _shelf.All).Select(a => Verify(a, cancel)).OfType<Diagnostic>(), .. StoreErrors.Guard(Root, VerifyKeys)];

    /// <summary>All artifacts, ordinal by digest.</summary>
    public ImmutableArray<StoredArtifact> List() => WithIndex(index => index.Artifacts());

    /// <summary>All artifacts that keys lead to, ordinal, each with one of its names and its keys.</summary>
    internal IEnumerable<(Digest Artifact, string Name, ImmutableArray<Digest> Keys)> Recorded() => StoreErrors.Guard(Root, () =>
        from key in _keys.All()
        let found = _keys.Read(key)
        where found is not null && _shelf.IsComplete(found.Value.Artifact)
        group (key, found.Value.Name) by found.Value.Artifact into sharing
        orderby sharing.Key
        select (sharing.Key, sharing.First().Name, sharing.Select(s => s.key).ToImmutableArray()));

    public StoreStatistics Statistics() => WithIndex(index => index.Statistics());

    /// <summary>Removes the artifact, even one in use. False when it was not there.</summary>
    public bool Remove(Digest artifact) => StoreErrors.Guard(Root, () =>
    {
        var present = _shelf.Take(artifact);
        _trash.Empty();
        return present;
    });

    /// <summary>Removes what the limits do not allow, unless another process (or another opening in this one) uses the store.</summary>
    public CollectionOutcome CollectGarbage(CollectionLimits limits)
    {
        var now = Clock.Now;
        return Collect(all => CollectionPlan.Victims([.. all.Select(a => NotInTheFuture(a, now))], limits, now));
    }

    /// <summary>Removes the artifacts that are chosen, under the same condition.</summary>
    public CollectionOutcome Collect(Func<StoredArtifact, bool> choice) => Collect(all => [.. all.Where(choice)]);

    public void Dispose() => _lock.Dispose();

    private CollectionOutcome Collect(Func<ImmutableArray<StoredArtifact>, ImmutableArray<StoredArtifact>> choice) => StoreErrors.Guard(Root, () =>
    {
        if (!_lock.TryExclude()) return new CollectionOutcome([], 0, 0, CacheRules.StoreInUse(Root));

        CollectionOutcome outcome;
        try
        {
            Tidy();
            outcome = Remove(choice);
        }
        finally
        {
            _lock.Share();
        }
        _trash.Empty();                   // the slow part needs no lock: nobody can find any of it
        return outcome;
    });

    private string? Damage(Digest artifact, CancellationToken cancel)
    {
        try
        {
            var actual = ArtifactDigest.Of(PathOf(artifact), cancel);
            if (actual != artifact) return $"the content of this artifact has the digest {actual}";
            if (!_shelf.IsComplete(artifact)) _shelf.WriteManifest(artifact, Boots.Now);
            return null;
        }
        catch (StoreException e)
        {
            return e.Message;             // unreadable, or something in it that no artifact can have
        }
    }

    /// <summary>Removes the leftovers of killed processes; alone with the store, everything unfinished is one.</summary>
    private void Tidy()
    {
        if (Directory.Exists(_incoming))
            foreach (var path in Directory.EnumerateFileSystemEntries(_incoming)) FileTree.Delete(path);
        foreach (var path in Shelves.Strangers(_keys.Root)) File.Delete(path);
        _shelf.Tidy();
    }

    private CollectionOutcome Remove(Func<ImmutableArray<StoredArtifact>, ImmutableArray<StoredArtifact>> choice)
    {
        var all = List();
        var removed = choice(all);
        foreach (var artifact in removed) _shelf.Take(artifact.Digest);
        _ = VerifyKeys().Count();

        var freed = removed.Sum(a => a.Bytes);
        return new([.. removed.Select(a => a.Digest).Order()], freed, all.Sum(a => a.Bytes) - freed, null);
    }

    /// <summary>Removes the keys that lead nowhere; those that cannot be read are worth a word.</summary>
    private IEnumerable<Diagnostic> VerifyKeys()
    {
        foreach (var key in _keys.All())
        {
            var found = _keys.Read(key);
            if (found is (var artifact, _) && Directory.Exists(PathOf(artifact))) continue;
            _keys.Remove(key);
            if (found is null) yield return CacheRules.DamagedKey(_keys.PathOf(key));
        }
    }

    /// <summary>A clock that ran ahead for a while must not keep what was used then for ever.</summary>
    private StoredArtifact NotInTheFuture(StoredArtifact artifact, DateTimeOffset now)
    {
        if (artifact.LastUsed <= now) return artifact;
        _shelf.MarkUsed(artifact.Digest);
        return artifact with { LastUsed = now };
    }

    private T WithIndex<T>(Func<StoreIndex, T> query) => StoreErrors.Guard(Root, () => StoreIndex.Ask(Path.Combine(Root, "index.db"), index =>
    {
        index.Synchronise(_shelf, _keys);
        return query(index);
    }));
}
