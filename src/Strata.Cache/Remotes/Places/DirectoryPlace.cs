using Strata.Core;

namespace Strata.Cache;

/// <summary>A directory, perhaps on a file server: <c>keys/ab/HEX</c> and <c>archives/ab/HEX</c>, as <see cref="HttpPlace"/> has it, so that a web server can show the same.</summary>
internal sealed class DirectoryPlace(string root) : RemotePlace
{
    public static string PathOf(string kind, Digest digest) => $"{kind}/{digest.Hex[..2]}/{digest.Hex}";

    public override async Task<byte[]?> ReadRecordAsync(Digest key, CancellationToken cancel)
    {
        await using var file = TryOpen("keys", key);
        return file is null ? null : await ReadSmallAsync(file, RemoteRecord.MostBytes, cancel);
    }

    public override Task WriteRecordAsync(Digest key, byte[] record, RemoteArchive archive, CancellationToken cancel)
    {
        AtomicFile.WriteAllBytes(FileOf("keys", key), record);
        return Task.CompletedTask;
    }

    public override Task<bool> HasArchiveAsync(Digest archive, CancellationToken cancel) => Task.FromResult(File.Exists(FileOf("archives", archive)));

    public override Task<Stream?> OpenArchiveAsync(Digest archive, CancellationToken cancel) => Task.FromResult<Stream?>(TryOpen("archives", archive));

    public override Task WriteArchiveAsync(Digest archive, string file, Pace pace)
    {
        using var source = new PacedFile(file, pace);
        AtomicFile.Write(FileOf("archives", archive), source.CopyTo);
        return Task.CompletedTask;
    }

    private string FileOf(string kind, Digest digest) => Path.Combine(root, PathOf(kind, digest));

    private FileStream? TryOpen(string kind, Digest digest)
    {
        try
        {
            return new(FileOf(kind, digest), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 0);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException && Directory.Exists(root))
        {
            return null;
        }
    }
}
