using System.Collections.Immutable;
using Strata.Core;

namespace Strata.Cache;

/// <summary>Bytes by their SHA-256, as <c>sha256/ab/abcdef…</c> under a root. A blob is there complete or not at all.</summary>
/// <param name="root">An absolute directory; made when the first blob is written.</param>
public sealed class BlobStore(string root)
{
    private const string PartSuffix = ".part";

    private static readonly TimeSpan s_abandonedAfter = TimeSpan.FromHours(1);

    /// <summary>What a killed process has of a large download is worth keeping until somebody tries again.</summary>
    private static readonly TimeSpan s_partAbandonedAfter = TimeSpan.FromDays(7);

    private int _swept;

    public string Root { get; } = root;

    private string Incoming => Path.Combine(Root, "incoming");

    private string Shelf => Path.Combine(Root, "sha256");

    /// <summary>Whether the blob is there. Cheap: its bytes are not read; see <see cref="Verify"/>.</summary>
    public bool Has(Digest blob) => File.Exists(PathOf(blob));

    /// <summary>Where the blob is, or would be.</summary>
    public string PathOf(Digest blob) => Path.Combine(Shelf, blob.Hex[..2], blob.Hex);

    /// <summary>A stream that becomes a blob when it is committed. Any number of writers, of any process, may write the same blob.</summary>
    /// <exception cref="StoreException">The disk is full or the directory cannot be written; also from writing and committing.</exception>
    public BlobWriter BeginWrite() => StoreErrors.Guard(Root, () => new BlobWriter(this, AtomicFile.ScratchName(Path.Combine(PreparedIncoming(), "blob")), FileMode.CreateNew));

    /// <summary>As <see cref="BeginWrite"/>, for one writer of a blob at a time: begins with what a killed one left of it, whose bytes nobody has checked.</summary>
    public BlobWriter ContinueWrite(Digest blob) => StoreErrors.Guard(Root, () => new BlobWriter(this, Path.Combine(PreparedIncoming(), blob.Hex + PartSuffix), FileMode.OpenOrCreate));

    /// <summary>Reads the whole blob; one that does not match its digest is removed and reported.</summary>
    /// <returns>Null when the blob is as it should be, or not there.</returns>
    public Diagnostic? Verify(Digest blob) => StoreErrors.Guard(PathOf(blob), () =>
    {
        var path = PathOf(blob);
        if (!File.Exists(path) || Digest.OfFile(path) is var actual && actual == blob) return null;

        File.Delete(path);
        return CacheRules.DamagedBlob(path, $"the bytes of this download have the digest {actual}");
    });

    /// <summary>Reads every blob; one diagnostic for each that was damaged, ordinal by digest.</summary>
    public ImmutableArray<Diagnostic> VerifyAll(CancellationToken cancel = default) => [.. List().Select(blob =>
    {
        cancel.ThrowIfCancellationRequested();
        return Verify(blob);
    }).OfType<Diagnostic>()];

    /// <summary>All blobs, ordinal.</summary>
    public ImmutableArray<Digest> List() => StoreErrors.Guard(Root, () => Shelves.Names(Shelf));

    /// <summary>False when it was not there.</summary>
    public bool Remove(Digest blob) => StoreErrors.Guard(PathOf(blob), () =>
    {
        var present = Has(blob);
        if (present) File.Delete(PathOf(blob));
        return present;
    });

    private string PreparedIncoming()
    {
        Directory.CreateDirectory(Incoming);
        if (Interlocked.Exchange(ref _swept, 1) == 0) SweepAbandoned();
        return Incoming;
    }

    /// <summary>Removes what killed writers left. A living writer holds a lock; the age covers the moment before it has it.</summary>
    private void SweepAbandoned()
    {
        foreach (var file in new DirectoryInfo(Incoming).EnumerateFiles())
        {
            if (Clock.Now - file.LastWriteTimeUtc < (file.Extension == PartSuffix ? s_partAbandonedAfter : s_abandonedAfter)) continue;
            try
            {
                using (new FileStream(file.FullName, FileMode.Open, FileAccess.Read, FileShare.None)) file.Delete();
            }
            catch (IOException)
            {
                // Its writer lives, or another process swept it first.
            }
        }
    }
}
