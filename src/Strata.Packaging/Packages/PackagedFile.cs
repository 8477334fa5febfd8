using System.Text.Json.Serialization;

namespace Strata.Packaging;

/// <summary>One entry of a package. Owners are names; numbers are given when a root file system is made.</summary>
public sealed record PackagedFile
{
    /// <summary>Absolute, as on the target: <c>/usr/bin/env</c>.</summary>
    public required string Path { get; init; }

    public required FileKind Kind { get; init; }

    /// <summary>Permission bits, set-user-id and sticky included.</summary>
    [JsonConverter(typeof(OctalModeConverter))]
    public required int Mode { get; init; }

    public string User { get; init; } = "root";

    public string Group { get; init; } = "root";

    public long Size { get; init; }

    /// <summary>Of the content, 64 hexadecimal characters; regular files only.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Sha256 { get; init; }

    /// <summary>Where a symbolic link points, or which file of the package a hard link is another name of.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Target { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int DeviceMajor { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int DeviceMinor { get; init; }
}
