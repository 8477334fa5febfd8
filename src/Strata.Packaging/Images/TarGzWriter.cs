using Strata.Core;

namespace Strata.Packaging;

/// <summary>Writes <c>rootfs.tar.gz</c>: the same bytes on any number of cores.</summary>
public static class TarGzWriter
{
    /// <returns>The digest of the uncompressed archive.</returns>
    public static async Task<Digest> WriteAsync(string rootfsTar, string outputFile, CancellationToken cancel)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(outputFile)!);
        await using var source = OpenSequential(rootfsTar);
        await using var target = File.Create(outputFile);
        return await ParallelGzip.CompressAsync(source, target, cancel);
    }

    internal static FileStream OpenSequential(string path) => new(path, new FileStreamOptions { BufferSize = 0, Options = FileOptions.SequentialScan });
}
