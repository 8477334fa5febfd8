using System.Collections.Immutable;
using Strata.Core;

namespace Strata.Cache;

/// <summary>
/// Directories named by what is in them, and the keys that lead to them. What is found is complete: an artifact is made
/// aside and renamed into place, whatever kills the process, fills the disk, or runs at the same time.
/// </summary>
public sealed class ArtifactStore : IDisposable
{
    private ArtifactStore(string root) => Root = root;

    public string Root { get; }

    /// <summary>Opens the store and makes it when it is missing. While it is open no process collects garbage in it.</summary>
    /// <exception cref="StoreException">The directory cannot be made or written.</exception>
    public static ArtifactStore Open(string root) => new(root);

    /// <summary>The artifact recorded under the key, if it is there and complete by count and size; counts as a use of it.</summary>
    public Digest? Find(Digest key) => throw new NotImplementedException();

    /// <summary>Whether the artifact is there and complete by count and size.</summary>
    public bool Has(Digest artifact) => throw new NotImplementedException();

    /// <summary>The read-only directory of the artifact, there or not.</summary>
    public string PathOf(Digest artifact) => Path.Combine(Root, "artifacts", artifact.Hex[..2], artifact.Hex);

    /// <summary>
    /// Takes the directory into the store and away from where it was. Its times become the epoch and write permission goes,
    /// for everyone: modes that matter beyond read and execute belong into a file of the artifact. Empty directories, links
    /// (never followed), hard links within the tree and set-user-id bits are kept.
    /// </summary>
    /// <exception cref="StoreException">The tree has entries that cannot be stored, or the disk is full; the store is as before.</exception>
    public Digest Add(string directory, CancellationToken cancel = default) => throw new NotImplementedException();

    /// <summary>From now on the key leads to the artifact, which must be in the store.</summary>
    /// <param name="name">For people: the task that made it, such as <c>zlib:do_install</c>.</param>
    public void Record(Digest key, string name, Digest artifact) => throw new NotImplementedException();

    /// <summary>Digests the artifact again; a damaged one is removed and reported.</summary>
    /// <returns>Null when it is as it should be.</returns>
    public Diagnostic? Verify(Digest artifact, CancellationToken cancel = default) => throw new NotImplementedException();

    /// <summary>Verifies every artifact; one diagnostic for each that was damaged.</summary>
    public ImmutableArray<Diagnostic> VerifyAll(CancellationToken cancel = default) => throw new NotImplementedException();

    /// <summary>All artifacts, ordinal by digest.</summary>
    public ImmutableArray<StoredArtifact> List() => throw new NotImplementedException();

    public StoreStatistics Statistics() => throw new NotImplementedException();

    /// <summary>Removes the artifact, even one in use. False when it was not there.</summary>
    public bool Remove(Digest artifact) => throw new NotImplementedException();

    /// <summary>Removes what the limits do not allow, unless another process (or another opening in this one) uses the store.</summary>
    public CollectionOutcome CollectGarbage(CollectionLimits limits) => throw new NotImplementedException();

    public void Dispose() => throw new NotImplementedException();
}
