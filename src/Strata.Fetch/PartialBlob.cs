using System.Net.Http.Headers;
using Strata.Cache;

namespace Strata.Fetch;

/// <summary>What has arrived of a file so far: a later attempt at the same place can go on from there. Disposed uncommitted it leaves nothing.</summary>
internal sealed class PartialBlob(BlobStore blobs) : IAsyncDisposable
{
    private BlobWriter _blob = blobs.BeginWrite();

    public BlobWriter Blob => _blob;

    /// <summary>Names the version that the bytes are of; null when the server names none, and nothing can be gone on with.</summary>
    public EntityTagHeaderValue? Version { get; set; }

    public bool CanContinue => Version is { IsWeak: false } && _blob.Length > 0;

    public async Task RestartAsync()
    {
        if (_blob.Length == 0) return;
        await _blob.DisposeAsync();
        _blob = blobs.BeginWrite();
    }

    public ValueTask DisposeAsync() => _blob.DisposeAsync();
}
