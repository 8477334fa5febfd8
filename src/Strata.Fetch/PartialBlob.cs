using System.Net.Http.Headers;
using Strata.Cache;
using Strata.Core;

namespace Strata.Fetch;

/// <summary>
/// What has arrived of a file so far: a later attempt at the same place can go on from there, and so can one after a process was killed.
/// Disposed uncommitted it leaves nothing of its own.
/// </summary>
internal sealed class PartialBlob : IAsyncDisposable
{
    private readonly BlobStore _blobs;
    private readonly Digest? _pin;
    private long _before;

    /// <param name="pin">Null when nobody can tell whether bytes of before are the right ones.</param>
    public PartialBlob(BlobStore blobs, Digest? pin)
    {
        (_blobs, _pin) = (blobs, pin);
        Blob = Begin();
        _before = Blob.Length;
    }

    public BlobWriter Blob { get; private set; }

    /// <summary>Names the version that the bytes are of; null when the server names none.</summary>
    public EntityTagHeaderValue? Version { get; set; }

    /// <summary>Whether it begins with bytes of before, which may be anything; the pin tells in the end.</summary>
    public bool IsLeftover => _before > 0;

    public bool CanContinue => Blob.Length > 0 && (IsLeftover || Version is { IsWeak: false });

    public async Task RestartAsync()
    {
        if (Blob.Length == 0) return;
        await Blob.DisposeAsync();
        Blob = Begin();
        _before = 0;
    }

    public ValueTask DisposeAsync()
    {
        // A place that had nothing to add must not cost what is there.
        if (IsLeftover && Blob.CanWrite && Blob.Length == _before) Blob.Leave();
        return Blob.DisposeAsync();
    }

    private BlobWriter Begin() => _pin is { } pin ? _blobs.ContinueWrite(pin) : _blobs.BeginWrite();
}
