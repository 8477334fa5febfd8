using Strata.Core;

namespace Strata.Cli.SourceBundles;

/// <summary>A bundle as one file, <c>.tar.zst</c>: the same bytes for the same bundle and version of zstd.</summary>
internal static class BundleArchive
{
    /// <exception cref="IOException">It cannot be written, or zstd is missing.</exception>
    public static async Task WriteAsync(string directory, string file, CancellationToken cancel)
    {
        var top = Path.GetFileName(file)[..^".tar.zst".Length] + "-sources";
        var scratch = AtomicFile.ScratchName(file);
        try
        {
            var outcome = await ProcessRunner.RunAsync(new()
            {
                // Level and threads are part of the bytes: any number of threads from one on gives the same.
                Command = ["zstd", "-q", "-9", "-T0", "-f", "-o", scratch],
                WriteInput = input => BundleDirectory.WriteTar(directory, top, input, cancel),
            }, cancel);
            if (!outcome.Succeeded) throw new IOException(outcome.Error.Trim());
            File.Move(scratch, file, overwrite: true);
        }
        catch (FileNotFoundException e)
        {
            throw new IOException("the program zstd is not installed", e);
        }
        finally
        {
            File.Delete(scratch);
        }
    }
}
