using System.Net.Http.Headers;
using Strata.Cache;

namespace Strata.Fetch;

/// <summary>What has arrived of a file so far: a later attempt at the same place can go on from there. Disposed uncommitted it leaves nothing.</summary>
internal sealed class PartialBlob(BlobStore blobs) : IAsyncDisposable
{
    public BlobWriter Blob { get; private set; } = blobs.BeginWrite();

    /// <summary>Names the version that the bytes are of; null when the server names none, and nothing can be gone on with.</summary>
    public EntityTagHeaderValue? Version { get; set; }

    public bool CanContinue => Version is { IsWeak: false } && Blob.Length > 0;

    public async Task RestartAsync()
    {
        if (Blob.Length == 0) return;
        await Blob.DisposeAsync();
        Blob = blobs.BeginWrite();
    }

    public ValueTask DisposeAsync() => Blob.DisposeAsync();
}
