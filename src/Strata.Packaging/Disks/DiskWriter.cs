namespace Strata.Packaging;

/// <summary>Puts contents at their places in a disk image. What is zero stays a hole of the file.</summary>
public static class DiskWriter
{
    private const int ChunkSize = 1 << 16;

    /// <param name="contents">Files and the bytes of the image at which they begin.</param>
    public static void Write(string image, long size, IEnumerable<(string File, long Start)> contents, CancellationToken cancel)
    {
        using var target = File.OpenHandle(image, FileMode.Create, FileAccess.ReadWrite, preallocationSize: 0);
        RandomAccess.SetLength(target, size);
        var chunk = new byte[ChunkSize];
        foreach (var (file, start) in contents)
        {
            using var source = File.OpenHandle(file, options: FileOptions.SequentialScan);
            var at = 0L;
            for (int read; (read = RandomAccess.Read(source, chunk, at)) > 0; at += read)
            {
                cancel.ThrowIfCancellationRequested();
                if (chunk.AsSpan(0, read).ContainsAnyExcept((byte)0)) RandomAccess.Write(target, chunk.AsSpan(0, read), start + at);
            }
        }
    }
}
