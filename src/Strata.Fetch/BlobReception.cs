using Strata.Cache;
using Strata.Core;

namespace Strata.Fetch;

/// <summary>Takes bytes from anywhere into the blob store, if they are the right ones.</summary>
/// <param name="Pin">Null takes whatever comes: only to find out what a pin would be.</param>
internal sealed record BlobReception(BlobStore Blobs, Digest? Pin, string What, long MaximumSize, Action<FetchProgress>? Progress)
{
    private const int BufferSize = 128 * 1024;

    public SourceSecrets Secrets { get; init; } = SourceSecrets.None;

    /// <summary>Digest of what was kept; null until then.</summary>
    public Digest? Received { get; private set; }

    /// <summary>Null when the bytes have the pinned digest and are kept; otherwise nothing is left of them.</summary>
    /// <param name="total">Bytes announced, 0 where unknown.</param>
    /// <exception cref="TimeoutException">The stream stayed silent for too long.</exception>
    public async Task<Refusal?> ReceiveAsync(Stream body, string place, long total, Patience patience, CancellationToken cancel)
    {
        await using var partial = new PartialBlob(Blobs, null);
        return await ReceiveAsync(partial, body, place, total, patience, cancel);
    }

    /// <summary>As above, behind what has arrived before; when the stream breaks off, what came of it stays in <paramref name="partial"/>.</summary>
    /// <param name="total">Bytes of the whole file, 0 where unknown.</param>
    public async Task<Refusal?> ReceiveAsync(PartialBlob partial, Stream body, string place, long total, Patience patience, CancellationToken cancel)
    {
        if (total > MaximumSize) return new(place, $"announces {total} bytes, more than the {MaximumSize} expected");

        var blob = partial.Blob;
        var buffer = new byte[BufferSize];
        using var reader = new PatientReader(body, patience);
        while (await reader.ReadAsync(buffer, cancel) is > 0 and var read)
        {
            if (blob.Length + read > MaximumSize) return new(place, $"sends more than the {MaximumSize} bytes expected");
            await blob.WriteAsync(buffer.AsMemory(0, read), cancel);
            Progress?.Invoke(new(What, blob.Length, total));
        }
        if (Pin is { } pin && blob.Digest != pin) return new(place, $"sent other bytes: expected {pin}, got {blob.Digest} ({blob.Length} bytes)", IsWrongDigest: true);
        Received = blob.Commit();
        return null;
    }
}
