using System.Formats.Tar;
using Strata.Core;

namespace Strata.Cache;

/// <summary>Makes a compressed tar of an artifact: GNU format, entries ordinal, times and owners always the same.</summary>
internal static class ArchiveWriter
{
    /// <exception cref="StoreException">The disk is full, or the artifact cannot be read.</exception>
    public static async Task<PackedArchive> PackAsync(string directory, string file, CancellationToken cancel)
    {
        var tree = Tree.Read(directory);
        Exception? broken = null;
        try
        {
            // As an end of its own: a process that cannot be fed looks like one that was not interested.
            await Zstd.CompressAsync(stream => broken = Try(() => Write(tree, stream, cancel)), file, cancel);
            if (broken is not null) throw StoreErrors.Covers(broken) ? StoreErrors.Translate(directory, broken) : broken;
            return StoreErrors.Guard(file, () => new PackedArchive(file, Digest.OfFile(file), new FileInfo(file).Length, tree.Entries.Length, tree.Bytes));
        }
        catch
        {
            File.Delete(file);
            throw;
        }
    }

    private static Exception? Try(Action work)
    {
        try
        {
            work();
            return null;
        }
        catch (Exception e)
        {
            return e;
        }
    }

    private static void Write(Tree tree, Stream stream, CancellationToken cancel)
    {
        var firstOfInode = new Dictionary<ulong, string>();
        using var tar = new TarWriter(stream, TarEntryFormat.Gnu, leaveOpen: true);
        foreach (var entry in tree.Entries)
        {
            cancel.ThrowIfCancellationRequested();
            var twin = entry is { Type: FileType.File, Links: > 1 } && !firstOfInode.TryAdd(entry.Inode, entry.Path) ? firstOfInode[entry.Inode] : null;
            using var content = entry.Type is FileType.File && twin is null ? File.OpenRead(Path.Combine(tree.Root, entry.Path)) : null;
            tar.WriteEntry(Header(entry, twin, content));
        }
    }

    private static GnuTarEntry Header(TreeEntry entry, string? twin, Stream? content)
    {
        var type = entry.Type switch
        {
            FileType.Directory => TarEntryType.Directory,
            FileType.Link => TarEntryType.SymbolicLink,
            _ => twin is null ? TarEntryType.RegularFile : TarEntryType.HardLink,
        };
        var header = new GnuTarEntry(type, entry.Type is FileType.Directory ? entry.Path + "/" : entry.Path)
        {
            Mode = (UnixFileMode)entry.Mode,
            ModificationTime = TreeSealer.Epoch,
        };
        if ((entry.LinkTarget ?? twin) is { } target) header.LinkName = target;
        if (content is not null) header.DataStream = content;
        return header;
    }
}
