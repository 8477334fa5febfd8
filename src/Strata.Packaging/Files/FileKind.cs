using System.Text.Json.Serialization;

namespace Strata.Packaging;

/// <summary>What an entry of a package or of a root file system is.</summary>
public enum FileKind
{
    [JsonStringEnumMemberName("file")]
    File,

    [JsonStringEnumMemberName("directory")]
    Directory,

    [JsonStringEnumMemberName("symlink")]
    SymbolicLink,

    /// <summary>Another name of a file of the same package; the target is that file's path.</summary>
    [JsonStringEnumMemberName("hardlink")]
    HardLink,

    [JsonStringEnumMemberName("character")]
    CharacterDevice,

    [JsonStringEnumMemberName("block")]
    BlockDevice,

    [JsonStringEnumMemberName("pipe")]
    Pipe,
}
