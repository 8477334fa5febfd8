namespace Strata.Fetch;

/// <summary>Keeps other builds out of a directory. The lock dies with its process, so a killed build blocks nobody.</summary>
internal static class FileLock
{
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(50);

    public static async Task<IDisposable> TakeAsync(string path, CancellationToken cancel)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        while (true)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException e) when (e.GetType() == typeof(IOException))
            {
                // Somebody else holds it; the framework has no waiting form of this.
                await Task.Delay(s_pause, cancel);
            }
        }
    }
}
