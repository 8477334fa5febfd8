using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using Strata.Core;

namespace Strata.Packaging;

/// <summary>
/// Compresses with all cores into one ordinary gzip member that every reader takes. The input is cut into blocks of a fixed size, each
/// compressed on its own, so that the bytes do not depend on the number of cores.
/// </summary>
internal static class ParallelGzip
{
    private const int BlockSize = 1 << 20;

    // Magic, deflate, no flags, no time, no hint, unknown system: nothing that differs between machines.
    private static readonly byte[] s_header = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255];

    /// <summary>An empty final block, which ends the stream after the last sync flush.</summary>
    private static readonly byte[] s_end = [0x03, 0x00];

    /// <summary>Reads <paramref name="source"/> to its end.</summary>
    /// <returns>The digest of the uncompressed bytes.</returns>
    public static async Task<Digest> CompressAsync(Stream source, Stream target, CancellationToken cancel)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var (checksum, length) = (0u, 0L);
        var running = new Queue<Task<GzipBlock>>();
        await target.WriteAsync(s_header, cancel);
        try
        {
            while (await ReadBlockAsync(source, cancel) is { Length: > 0 } block)
            {
                if (running.Count > Environment.ProcessorCount) await TakeAsync(running.Dequeue());
                running.Enqueue(Task.Run(block.Compress, cancel));
                hash.AppendData(block.Input);
            }
            while (running.TryDequeue(out var done)) await TakeAsync(done);
        }
        finally
        {
            // After a failure: nothing may still run when the caller goes on.
            await ((Task)Task.WhenAll(running)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        await target.WriteAsync(Trailer(checksum, length), cancel);
        return Digest.FromHash(hash.GetHashAndReset());

        async Task TakeAsync(Task<GzipBlock> task)
        {
            var block = await task;
            await target.WriteAsync(block.Compressed, cancel);
            checksum = Crc32.Combine(checksum, block.Checksum, block.Length);
            length += block.Length;
            block.Release();
        }
    }

    private static async Task<GzipBlock> ReadBlockAsync(Stream source, CancellationToken cancel)
    {
        var block = ArrayPool<byte>.Shared.Rent(BlockSize);
        return new(block, await source.ReadAtLeastAsync(block.AsMemory(0, BlockSize), BlockSize, throwOnEndOfStream: false, cancel));
    }

    private static byte[] Trailer(uint checksum, long length)
    {
        var trailer = new byte[s_end.Length + 8];
        s_end.CopyTo(trailer, 0);
        BinaryPrimitives.WriteUInt32LittleEndian(trailer.AsSpan(s_end.Length), checksum);
        BinaryPrimitives.WriteUInt32LittleEndian(trailer.AsSpan(s_end.Length + 4), unchecked((uint)length));
        return trailer;
    }
}
