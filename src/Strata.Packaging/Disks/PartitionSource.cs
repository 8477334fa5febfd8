namespace Strata.Packaging;

/// <summary>Where the bytes of a partition come from (<c>--source</c>).</summary>
public enum PartitionSource
{
    /// <summary>Nowhere: an empty file system when <c>--fstype</c> says which, else zeros.</summary>
    Empty,

    /// <summary>The image's root file system.</summary>
    Rootfs,

    /// <summary>A FAT file system with the files of IMAGE_BOOT_FILES.</summary>
    BootFiles,

    /// <summary>A deployed file as it is.</summary>
    RawCopy,

    /// <summary>The hash tree of another partition, with which dm-verity checks it.</summary>
    Verity,
}
