using Strata.Cache;
using Strata.Core;

namespace Strata.Fetch;

/// <summary>Software Heritage, or a server with its interface, asked for contents by their SHA-256. It keeps single files of source trees, and some tarballs.</summary>
/// <param name="address">Of the server, such as <c>https://archive.softwareheritage.org</c>.</param>
public sealed class SoftwareHeritage(string address, FetchOptions options) : IDigestArchive, IDisposable
{
    private readonly HttpPlaces _http = new(options);

    public async Task<ArchiveAnswer> FetchAsync(Digest pin, string what, BlobStore blobs, Action<FetchProgress>? progress, CancellationToken cancel)
    {
        var place = SourceUri.Parse($"{address.TrimEnd('/')}/api/1/content/sha256:{pin.Hex}/raw/");
        if (options.Forbids(place) is { } reason) return new(null, [new(place.Address, reason)]);
        var refusal = await _http.TryAsync(place, new(blobs, pin, what, options.MaximumSize, progress), cancel);
        return refusal is null ? new(place.Address, []) : new(null, [refusal]);
    }

    public void Dispose() => _http.Dispose();
}
