using System.Collections.Immutable;
using Strata.Core;

namespace Strata.Cache;

/// <summary>Bytes by their SHA-256, as <c>sha256/ab/abcdef…</c> under a root. A blob is there complete or not at all.</summary>
/// <param name="root">An absolute directory; made when the first blob is written.</param>
public sealed class BlobStore(string root)
{
    public string Root { get; } = root;

    /// <summary>Whether the blob is there. Cheap: its bytes are not read; see <see cref="Verify"/>.</summary>
    public bool Has(Digest blob) => File.Exists(PathOf(blob));

    /// <summary>Where the blob is, or would be.</summary>
    public string PathOf(Digest blob) => Path.Combine(Root, "sha256", blob.Hex[..2], blob.Hex);

    /// <summary>A stream that becomes a blob when it is committed. Any number of writers, of any process, may write the same blob.</summary>
    /// <exception cref="StoreException">The disk is full or the directory cannot be written; also from writing and committing.</exception>
    public BlobWriter BeginWrite() => throw new NotImplementedException();

    /// <summary>Reads the whole blob; one that does not match its digest is removed and reported.</summary>
    /// <returns>Null when the blob is as it should be.</returns>
    public Diagnostic? Verify(Digest blob) => throw new NotImplementedException();

    /// <summary>All blobs, ordinal.</summary>
    public ImmutableArray<Digest> List() => throw new NotImplementedException();

    /// <summary>False when it was not there.</summary>
    public bool Remove(Digest blob) => throw new NotImplementedException();
}
