using System.Buffers.Binary;
using System.IO.Compression;
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
        var checksum = new Crc32();
        var length = 0L;
        var running = new Queue<Task<ReadOnlyMemory<byte>>>();
        await target.WriteAsync(s_header, cancel);
        try
        {
            while (await ReadBlockAsync(source, cancel) is { IsEmpty: false } block)
            {
                if (running.Count > Environment.ProcessorCount) await target.WriteAsync(await running.Dequeue(), cancel);
                running.Enqueue(Task.Run(() => Compress(block.Span), cancel));
                hash.AppendData(block.Span);
                checksum.Append(block.Span);
                length += block.Length;
            }
            while (running.TryDequeue(out var done)) await target.WriteAsync(await done, cancel);
        }
        finally
        {
            // After a failure: nothing may still run when the caller goes on.
            await ((Task)Task.WhenAll(running)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        await target.WriteAsync(Trailer(checksum.Value, length), cancel);
        return Digest.FromHash(hash.GetHashAndReset());
    }

    private static async Task<ReadOnlyMemory<byte>> ReadBlockAsync(Stream source, CancellationToken cancel)
    {
        var block = new byte[BlockSize];
        var length = await source.ReadAtLeastAsync(block, BlockSize, throwOnEndOfStream: false, cancel);
        return block.AsMemory(0, length);
    }

    /// <summary>A sync flush ends each block on a byte boundary without ending the stream, so that blocks can be joined.</summary>
    private static ReadOnlyMemory<byte> Compress(ReadOnlySpan<byte> block)
    {
        var output = new MemoryStream(block.Length / 2 + 1024);
        using var deflate = new DeflateStream(output, CompressionLevel.Optimal, leaveOpen: true);
        deflate.Write(block);
        deflate.Flush();
        // What disposing appends is the end of a stream and is not part of this block.
        return output.GetBuffer().AsMemory(0, (int)output.Length);
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
