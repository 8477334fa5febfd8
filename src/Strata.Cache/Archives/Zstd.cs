using Strata.Core;

namespace Strata.Cache;

/// <summary>The <c>zstd</c> program: the framework has no such compression, and none that is as fast both ways.</summary>
internal static class Zstd
{
    /// <exception cref="StoreException">The file cannot be written.</exception>
    public static async Task CompressAsync(Action<Stream> write, string file, CancellationToken cancel)
    {
        var outcome = await RunAsync(file, new() { Command = ["zstd", "-q", "-3", "-T1", "-f", "-o", file], WriteInput = write }, cancel);
        if (!outcome.Succeeded) throw Failure(file, outcome.Error);
    }

    /// <exception cref="InvalidDataException">The file is no such archive.</exception>
    public static async Task DecompressAsync(string file, Action<Stream> read, CancellationToken cancel)
    {
        var outcome = await RunAsync(file, new() { Command = ["zstd", "-q", "-d", "-c", file], ReadOutput = read }, cancel);
        if (!outcome.Succeeded) throw new InvalidDataException(outcome.Error.Trim());
    }

    private static async Task<ProcessOutcome> RunAsync(string file, ProcessSpec spec, CancellationToken cancel)
    {
        try
        {
            return await ProcessRunner.RunAsync(spec, cancel);
        }
        catch (FileNotFoundException e)
        {
            throw new StoreException(CacheRules.NoZstd(file), e);
        }
    }

    /// <summary>The program says in words what the framework says in numbers.</summary>
    private static StoreException Failure(string file, string error) =>
        new(error.Contains("No space left", StringComparison.Ordinal) ? CacheRules.DiskFull(file) : CacheRules.Failed(file, error.Trim()));
}
