namespace Strata.Core;

/// <summary>Files that appear complete or not at all, whatever kills the process.</summary>
public static class AtomicFile
{
    /// <summary>Random and not the process id: two containers that share a directory both run as process 1, before and after a kill.</summary>
    private static readonly string s_process = Path.GetRandomFileName()[..8];

    private static int s_counter;

    /// <summary>A name beside <paramref name="path"/> that no other writer uses, and that none that was killed has left.</summary>
    public static string ScratchName(string path) => $"{path}.{s_process}-{Interlocked.Increment(ref s_counter)}.tmp";

    /// <summary>Writes aside and renames into place; makes missing directories.</summary>
    public static void WriteAllText(string path, string text) => Write(path, stream =>
    {
        using var writer = new StreamWriter(stream);
        writer.Write(text);
    });

    public static void WriteAllBytes(string path, ReadOnlySpan<byte> bytes)
    {
        var copy = bytes.ToArray();
        Write(path, stream => stream.Write(copy));
    }

    public static void Write(string path, Action<Stream> write)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var scratch = ScratchName(path);
        try
        {
            using (var stream = new FileStream(scratch, FileMode.CreateNew, FileAccess.Write)) write(stream);
            File.Move(scratch, path, overwrite: true);
        }
        catch
        {
            File.Delete(scratch);
            throw;
        }
    }
}
