using System.Collections.Immutable;

namespace Strata.Packaging;

/// <summary>One <c>part</c> line of a .wks file.</summary>
public sealed record WksPartition
{
    public const long MiB = 1 << 20;

    /// <summary>Of the line, from 1.</summary>
    public required int Line { get; init; }

    /// <summary>Where it will be mounted; empty when the line does not say.</summary>
    public string MountPoint { get; init; } = "";

    public PartitionSource Source { get; init; }

    /// <summary>Words <c>NAME=VALUE</c> of <c>--sourceparams</c>.</summary>
    public ImmutableSortedDictionary<string, string> Parameters { get; init; } = ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

    /// <summary>Such as <c>ext4</c>; empty when there is none.</summary>
    public string FileSystem { get; init; } = "";

    public string Label { get; init; } = "";

    /// <summary>Name in the table; the label when empty.</summary>
    public string PartName { get; init; } = "";

    /// <summary>The least size in bytes.</summary>
    public long Size { get; init; }

    /// <summary><see cref="Size"/> is also the largest.</summary>
    public bool IsFixed { get; init; }

    /// <summary>Bytes beside the content.</summary>
    public long ExtraSpace { get; init; }

    public double OverheadFactor { get; init; } = 1;

    /// <summary>Bytes of which the start is a multiple. One MiB suits flash and every disk.</summary>
    public long Alignment { get; init; } = MiB;

    /// <summary>Bytes from the start of the disk; null for behind the partition before.</summary>
    public long? Offset { get; init; }

    /// <summary>A GUID, or two hexadecimal digits for an MBR; empty for that of the file system.</summary>
    public string PartType { get; init; } = "";

    /// <summary>Of the partition; empty for one that follows from the names of image and partition.</summary>
    public string Uuid { get; init; } = "";

    /// <summary>Of a file system that is made here; empty as for <see cref="Uuid"/>.</summary>
    public string FileSystemUuid { get; init; } = "";

    public bool IsActive { get; init; }

    /// <summary>On the disk, but not in the table: boot loaders at fixed places.</summary>
    public bool IsUnlisted { get; init; }

    /// <summary>The name that tells it from the others of the disk.</summary>
    public string Name => PartName.Length > 0 ? PartName : Label.Length > 0 ? Label : MountPoint;
}
