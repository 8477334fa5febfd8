using System.Collections.Immutable;

namespace Strata.Packaging;

/// <summary>The fields of a tar header.</summary>
internal sealed record TarHeader
{
    public required string Name { get; init; }

    /// <summary>The typeflag: <c>0</c> file, <c>1</c> hard link, <c>2</c> symbolic link, <c>5</c> directory …</summary>
    public required char Kind { get; init; }

    public required int Mode { get; init; }

    public int Uid { get; init; }

    public int Gid { get; init; }

    public string User { get; init; } = "";

    public string Group { get; init; } = "";

    public long Size { get; init; }

    /// <summary>Seconds since 1970, not negative.</summary>
    public required long Time { get; init; }

    public string LinkName { get; init; } = "";

    /// <summary>PAX only; null when there are none.</summary>
    public ImmutableSortedDictionary<string, byte[]>? ExtendedAttributes { get; init; }

    public int DeviceMajor { get; init; }

    public int DeviceMinor { get; init; }
}
