using System.Collections.Immutable;
using Strata.Core;

namespace Strata.Cache;

/// <summary>What is in a directory tree, ordinal by path; the top directory itself is no entry.</summary>
internal sealed record Tree(string Root, ImmutableArray<TreeEntry> Entries)
{
    public long Bytes => Entries.Sum(e => e.Size);

    /// <exception cref="StoreException">Something in it cannot be part of an artifact, or be read.</exception>
    public static Tree Read(string root) => Read(root, unlock: false);

    /// <summary>As <see cref="Read(string)"/>, but first gives the owner access to every directory.</summary>
    public static Tree Unlock(string root) => Read(root, unlock: true);

    private static Tree Read(string root, bool unlock) => StoreErrors.Guard(root, () =>
    {
        if (FileStatus.Find(root) is not { Type: FileType.Directory } top) throw new StoreException(CacheRules.NoTree(root));

        var entries = new List<TreeEntry>();
        if (unlock) Open(root, top);
        Collect(root, "", unlock, entries);
        entries.Sort((a, b) => string.CompareOrdinal(a.Path, b.Path));
        return new Tree(root, [.. entries]);
    });

    private static void Collect(string directory, string prefix, bool unlock, List<TreeEntry> entries)
    {
        foreach (var path in Directory.EnumerateFileSystemEntries(directory))
        {
            // A name that was listed but is not there went through a lossy conversion to text.
            var status = FileStatus.Find(path) ?? throw new StoreException(CacheRules.NameNotUtf8(directory));
            var relative = prefix + Path.GetFileName(path);
            entries.Add(Entry(path, relative, status));
            if (status.Type != FileType.Directory) continue;

            if (unlock) Open(path, status);
            Collect(path, relative + "/", unlock, entries);
        }
    }

    private static TreeEntry Entry(string path, string relative, FileStatus status) => new(
        relative,
        status.Type,
        Modes.Sealed(status.Type, status.Permissions),
        status.Type == FileType.File ? status.Size : 0,
        status.Type switch
        {
            FileType.File or FileType.Directory => null,
            FileType.Link => new FileInfo(path).LinkTarget,
            var type => throw new StoreException(CacheRules.Unsupported(path, NameOf(type))),
        },
        status.Inode,
        status.Links);

    private static void Open(string path, FileStatus status)
    {
        if ((status.Permissions & Modes.OwnerAll) != Modes.OwnerAll) Posix.SetMode(path, status.Permissions | Modes.OwnerAll);
    }

    private static string NameOf(FileType type) => type switch
    {
        FileType.Fifo => "named pipe",
        FileType.Socket => "socket",
        FileType.CharacterDevice => "character device",
        FileType.BlockDevice => "block device",
        FileType.Directory => "directory",
        FileType.File => "file",
        FileType.Link => "symbolic link",
        _ => "thing of an unknown kind",
    };
}
