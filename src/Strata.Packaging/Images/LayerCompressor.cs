using System.Security.Cryptography;
using Strata.Core;

namespace Strata.Packaging;

/// <summary>Compresses image layers. Same input, same bytes, on any number of cores.</summary>
internal static class LayerCompressor
{
    private const int BufferSize = 1 << 17;

    /// <summary>Reads <paramref name="source"/> to its end.</summary>
    /// <returns>The digest of the uncompressed bytes.</returns>
    /// <exception cref="ImageException">zstd is missing or failed.</exception>
    public static Task<Digest> CompressAsync(OciImageRequest request, Stream source, Stream target, CancellationToken cancel) =>
        request.Compression == LayerCompression.Zstd
            ? ZstdAsync(request.ZstdProgram, source, target, cancel)
            : ParallelGzip.CompressAsync(source, target, cancel);

    /// <summary>The framework has no zstd. The program's output is the same for every number of threads, as long as there are any.</summary>
    private static async Task<Digest> ZstdAsync(string program, Stream source, Stream target, CancellationToken cancel)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        try
        {
            var outcome = await ProcessRunner.RunAsync(new()
            {
                Command = [program, "-q", "-3", "-T0", "-c"],
                WriteInput = input => Copy(source, input, hash),
                ReadOutput = output => output.CopyTo(target, BufferSize),
            }, cancel);
            return outcome.Succeeded ? Digest.FromHash(hash.GetHashAndReset()) : throw new ImageException(ImageRules.ZstdFailed(outcome.Error.Trim()));
        }
        catch (FileNotFoundException e)
        {
            throw new ImageException(ImageRules.ZstdFailed("the program is not installed"), e);
        }
    }

    private static void Copy(Stream source, Stream target, IncrementalHash hash)
    {
        var buffer = new byte[BufferSize];
        for (int read; (read = source.Read(buffer)) > 0;)
        {
            hash.AppendData(buffer, 0, read);
            target.Write(buffer, 0, read);
        }
    }
}
