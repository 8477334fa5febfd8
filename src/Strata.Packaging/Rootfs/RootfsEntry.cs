namespace Strata.Packaging;

/// <summary>One path of a root file system in the making.</summary>
/// <param name="Package">Its owner; null for what no package ships.</param>
/// <param name="ContentPath">The file on the host that has the bytes of a regular file or hard link.</param>
/// <param name="Bytes">The bytes themselves, for generated files.</param>
/// <param name="IsOwnDirectory">A directory that a package ships for its own sake, not only as the parent of something.</param>
internal sealed record RootfsEntry(PackagedFile File, string? Package, string? ContentPath = null, byte[]? Bytes = null, bool IsOwnDirectory = false)
{
    public string Path => File.Path;

    public bool IsDirectory => File.Kind == FileKind.Directory;
}
