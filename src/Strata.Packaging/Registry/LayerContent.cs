using System.IO.Compression;
using Strata.Core;

namespace Strata.Packaging;

/// <summary>Reads the archive that an image layer is, whatever it is compressed with.</summary>
internal static class LayerContent
{
    /// <exception cref="ImageException">The layer cannot be read.</exception>
    public static async Task ReadAsync(ImageStore store, OciDescriptor layer, Action<Stream> read, CancellationToken cancel)
    {
        await using var blob = await store.OpenBlobAsync(layer, cancel);
        try
        {
            if (layer.MediaType.EndsWith("zstd", StringComparison.Ordinal))
            {
                var outcome = await ProcessRunner.RunAsync(new() { Command = ["zstd", "-q", "-d", "-c"], WriteInput = blob.CopyTo, ReadOutput = read }, cancel);
                if (!outcome.Succeeded) throw new ImageException(ImageRules.ZstdFailed(outcome.Error.Trim()));
            }
            else if (layer.MediaType.EndsWith("gzip", StringComparison.Ordinal)) read(new GZipStream(blob, CompressionMode.Decompress));
            else read(blob);
        }
        catch (InvalidDataException e)
        {
            throw new ImageException(ImageRules.Damaged(store.Place, $"{layer.Digest} is no archive: {e.Message}"), e);
        }
        catch (FileNotFoundException e)
        {
            throw new ImageException(ImageRules.ZstdFailed("the program is not installed"), e);
        }
    }
}
