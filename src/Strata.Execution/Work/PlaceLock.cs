namespace Strata.Execution;

/// <summary>Keeps other processes of the same workspace out of a work directory; the kernel lets go of it when this one dies.</summary>
internal sealed class PlaceLock : IDisposable
{
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(200);

    private readonly FileStream _file;

    private PlaceLock(FileStream file, bool wasContended) => (_file, WasContended) = (file, wasContended);

    /// <summary>Another process held it first.</summary>
    public bool WasContended { get; }

    /// <param name="file">Made if missing, never removed: a lock on a removed file keeps nobody out.</param>
    /// <param name="onWait">Called once, if it has to wait.</param>
    /// <param name="cancel">Ends the waiting.</param>
    public static async Task<PlaceLock> TakeAsync(string file, Action onWait, CancellationToken cancel)
    {
        if (TryTake(file) is { } free) return new(free, wasContended: false);
        onWait();
        while (true)
        {
            await Task.Delay(s_pause, cancel);
            if (TryTake(file) is { } freed) return new(freed, wasContended: true);
        }
    }

    public void Dispose() => _file.Dispose();

    private static FileStream? TryTake(string file)
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
