namespace Strata.Execution;

/// <summary>Keeps other processes of the same workspace out of a work directory; the kernel lets go of it when this one dies.</summary>
internal sealed class PlaceLock : IDisposable
{
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(200);

    private readonly FileStream _file;

    private PlaceLock(FileStream file, bool wasContended) => (_file, WasContended) = (file, wasContended);

    /// <summary>Another process held it first.</summary>
    public bool WasContended { get; }

    /// <summary>Null when another process has it.</summary>
    /// <param name="file">Made if missing, never removed: a lock on a removed file keeps nobody out.</param>
    public static PlaceLock? TryTake(string file) => TryOpen(file) is { } free ? new(free, wasContended: false) : null;

    /// <summary>Waits until no other process has it.</summary>
    public static async Task<PlaceLock> TakeAsync(string file, CancellationToken cancel)
    {
        while (true)
        {
            await Task.Delay(s_pause, cancel);
            if (TryOpen(file) is { } freed) return new(freed, wasContended: true);
        }
    }

    public void Dispose() => _file.Dispose();

    private static FileStream? TryOpen(string file)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            return new(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e) when (e is not (DirectoryNotFoundException or FileNotFoundException or PathTooLongException) && File.Exists(file))
        {
            // The framework takes an flock for FileShare.None and tells that another process has it in this way only.
            return null;
        }
    }
}
