using Strata.Cache;
using Strata.Core;

namespace Strata.Fetch;

/// <summary>Takes bytes from anywhere into the blob store, if they are the right ones.</summary>
internal sealed record BlobReception(BlobStore Blobs, Digest Pin, string What, long MaximumSize, Action<FetchProgress>? Progress)
{
    private const int BufferSize = 128 * 1024;

    /// <summary>Null when the bytes have the pinned digest and are kept; otherwise nothing is left of them.</summary>
    /// <param name="total">Bytes announced, 0 where unknown.</param>
    /// <param name="idle">How long the stream may stay silent.</param>
    /// <exception cref="TimeoutException">The stream stayed silent for too long.</exception>
    public async Task<Refusal?> ReceiveAsync(Stream body, string place, long total, TimeSpan idle, CancellationToken cancel)
    {
        if (total > MaximumSize) return new(place, $"announces {total} bytes, more than the {MaximumSize} expected");

        await using var blob = Blobs.BeginWrite();
        var buffer = new byte[BufferSize];
        var done = 0L;
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        while (await ReadAsync(body, buffer, idle, patience, cancel) is > 0 and var read)
        {
            done += read;
            if (done > MaximumSize) return new(place, $"sends more than the {MaximumSize} bytes expected");
            await blob.WriteAsync(buffer.AsMemory(0, read), cancel);
            Progress?.Invoke(new(What, done, total));
        }
        if (blob.Digest != Pin) return new(place, $"sent other bytes: expected {Pin}, got {blob.Digest} ({done} bytes)", IsWrongDigest: true);
        blob.Commit();
        return null;
    }

    private static async Task<int> ReadAsync(Stream body, byte[] buffer, TimeSpan idle, CancellationTokenSource patience, CancellationToken cancel)
    {
        patience.CancelAfter(idle);
        try
        {
            return await body.ReadAsync(buffer, patience.Token);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            throw new TimeoutException($"sent nothing for {idle.TotalSeconds:0.#} s");
        }
    }
}
