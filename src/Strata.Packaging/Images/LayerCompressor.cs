using System.Globalization;
using System.Security.Cryptography;
using Strata.Core;

namespace Strata.Packaging;

/// <summary>Compresses image layers. Same input, same bytes, on any number of cores.</summary>
internal static class LayerCompressor
{
    private const int BufferSize = 1 << 17;

    /// <summary>Names everything that the bytes of a compressed layer depend on beside what is in it.</summary>
    public static string FormatOf(OciImageRequest request) => request.Compression == LayerCompression.Zstd
        ? string.Create(CultureInfo.InvariantCulture, $"zstd{request.ZstdLevel}.{Digest.Of(request.ZstdProgram).Hex[..16]}")
        : $"gzip{GzipBlock.Level}.{Environment.Version}";

    /// <returns>The digest of the uncompressed bytes.</returns>
    /// <exception cref="ImageException">zstd is missing or failed.</exception>
    public static Task<Digest> CompressAsync(OciImageRequest request, SlicedArchive source, Stream target, CancellationToken cancel) =>
        request.Compression == LayerCompression.Zstd
            ? ZstdAsync(request, source, target, cancel)
            : ParallelGzip.CompressAsync(source, target, cancel);

    /// <summary>The framework has no zstd. The program's output is the same for every number of threads, as long as there are any.</summary>
    private static async Task<Digest> ZstdAsync(OciImageRequest request, SlicedArchive source, Stream target, CancellationToken cancel)
    {
        // A file is cheaper to read than a pipe.
        var whole = source.IsWhole ? Task.Run(() => Digest.Of(source), cancel) : null;
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        try
        {
            var outcome = await ProcessRunner.RunAsync(new()
            {
                Command = [request.ZstdProgram, "-q", string.Create(CultureInfo.InvariantCulture, $"-{request.ZstdLevel}"), "-T0", "-c", .. whole is null ? [] : (string[])["--", request.RootfsTar]],
                WriteInput = whole is null ? input => Copy(source, input, hash) : null,
                ReadOutput = output => output.CopyTo(target, BufferSize),
            }, cancel);
            if (!outcome.Succeeded) throw new ImageException(ImageRules.ZstdFailed(outcome.Error.Trim()));
            return whole is null ? Digest.FromHash(hash.GetHashAndReset()) : await whole;
        }
        catch (FileNotFoundException e)
        {
            throw new ImageException(ImageRules.ZstdFailed("the program is not installed"), e);
        }
        finally
        {
            // It reads what the caller closes.
            if (whole is not null) await ((Task)whole).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
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
