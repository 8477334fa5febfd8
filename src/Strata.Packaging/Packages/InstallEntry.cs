using System.Collections.Immutable;
using Strata.Core;

namespace Strata.Packaging;

/// <summary>A node of an install tree: what do_install left, and which package gets it.</summary>
internal sealed class InstallEntry(string path, string hostPath, FileStatus status, RecordedEntry? recorded)
{
    /// <summary>Absolute, as on the target; changes only when an alternative renames a file.</summary>
    public string Path { get; set; } = path;

    public string HostPath { get; } = hostPath;

    public FileStatus Status { get; } = status;

    /// <summary>What fakeroot said of it; null when the disk says it all.</summary>
    public RecordedEntry? Recorded { get; } = recorded;

    public FileKind Kind { get; } = recorded?.Kind ?? KindOf(status.Type)!.Value;

    /// <summary>Of a symbolic link.</summary>
    public string? Target { get; init; }

    /// <summary>What an image keeps of the extended attributes; null when nothing.</summary>
    public ImmutableSortedDictionary<string, byte[]>? ExtendedAttributes { get; init; }

    /// <summary>By name, ordinal.</summary>
    public SortedList<string, InstallEntry> Children { get; } = new(StringComparer.Ordinal);

    /// <summary>Index of the first package whose FILES name it, or -1.</summary>
    public int Package { get; set; } = -1;

    /// <summary>Dropped because something else makes it (the link of an alternative).</summary>
    public bool IsDropped { get; set; }

    public bool IsDirectory => Kind == FileKind.Directory;

    /// <summary>Null for what no package can hold.</summary>
    public static FileKind? KindOf(FileType type) => type switch
    {
        FileType.File => FileKind.File,
        FileType.Directory => FileKind.Directory,
        FileType.Link => FileKind.SymbolicLink,
        FileType.CharacterDevice => FileKind.CharacterDevice,
        FileType.BlockDevice => FileKind.BlockDevice,
        FileType.Fifo => FileKind.Pipe,
        _ => null,
    };

    /// <summary>This entry and all below it, parents first.</summary>
    public IEnumerable<InstallEntry> Subtree()
    {
        yield return this;
        foreach (var child in Children.Values)
            foreach (var entry in child.Subtree()) yield return entry;
    }
}
