namespace Strata.Fetch;

/// <summary>What unpacking means for a file, decided by its name as BitBake does.</summary>
internal enum ArchiveKind
{
    /// <summary>Copied as it is.</summary>
    None,
    Tar,
    Zip,

    /// <summary>A single compressed file: unpacked under its name without the last extension.</summary>
    Compressed,

    /// <summary>A .deb or .ipk: its data is unpacked.</summary>
    Package,

    Cpio,

    /// <summary>An RPM package: its payload is unpacked.</summary>
    Rpm,

    SevenZip,

    /// <summary>An archive that Strata cannot unpack.</summary>
    Unknown,
}
