namespace Strata.Packaging;

/// <summary>
/// Where paths really lie when directories on the way are symbolic links, as /bin is with a merged /usr. The link always wins over a
/// directory of the same name in another package, whatever the order of installation.
/// </summary>
internal sealed class DirectoryLinks
{
    private const int MaxLinks = 40;

    private readonly Dictionary<string, string> _targets = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _directories = new(StringComparer.Ordinal) { ["/"] = "/" };

    public DirectoryLinks(IEnumerable<PackagedFile> files)
    {
        foreach (var file in files)
            if (file.Kind == FileKind.SymbolicLink) _targets.TryAdd(file.Path, file.Target!);
    }

    /// <summary>The path with the links in its parents followed; null for links that go in a circle.</summary>
    public string? Locate(string path, bool isDirectory)
    {
        if (isDirectory) return Directory(path, 0);
        return Directory(RootfsPath.Parent(path), 0) is { } parent ? RootfsPath.Join(parent, RootfsPath.Name(path)) : null;
    }

    private string? Directory(string path, int depth)
    {
        if (_directories.TryGetValue(path, out var known)) return known;
        if (depth > MaxLinks || Directory(RootfsPath.Parent(path), depth) is not { } parent) return null;
        var here = RootfsPath.Join(parent, RootfsPath.Name(path));
        var found = _targets.TryGetValue(here, out var target) || _targets.TryGetValue(path, out target)
            ? Directory(RootfsPath.Follow(here, target), depth + 1)
            : here;
        if (found is not null) _directories[path] = found;
        return found;
    }
}
