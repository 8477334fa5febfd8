using Strata.Cache;
using Strata.Core;

namespace Strata.Fetch;

/// <summary>A place that is asked for a digest instead of an address. What it gives is verified like everything else.</summary>
public interface IDigestArchive
{
    /// <summary>Puts the pinned bytes into the blob store if the archive has them.</summary>
    /// <param name="what">Name of the file, for progress.</param>
    Task<ArchiveAnswer> FetchAsync(Digest pin, string what, BlobStore blobs, Action<FetchProgress>? progress, CancellationToken cancel);
}
