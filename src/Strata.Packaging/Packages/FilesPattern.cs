namespace Strata.Packaging;

/// <summary>One word of FILES. Matches as Python's recursive glob does: names that begin with a dot must be asked for by a dot.</summary>
internal sealed class FilesPattern(string text)
{
    private readonly string[] _segments = text.Split('/', StringSplitOptions.RemoveEmptyEntries).Where(s => s != ".").ToArray();

    public string Text => text;

    /// <summary>The entries named, without the contents of directories; empty if there are none.</summary>
    /// <param name="throughLink">Called with the symbolic link that the path would have to pass; the link is then what is named.</param>
    public IEnumerable<InstallEntry> Find(InstallEntry root, Action<InstallEntry> throughLink) =>
        _segments.Length == 0 ? [root] : Find(root, 0, throughLink);

    private IEnumerable<InstallEntry> Find(InstallEntry directory, int at, Action<InstallEntry> throughLink)
    {
        var segment = _segments[at];
        var isLast = at == _segments.Length - 1;
        if (segment == "**") return FindRecursive(directory, at, throughLink);
        if (!NamePattern.HasWildcards(segment))
            return directory.Children.TryGetValue(segment, out var child) ? Step(child, at, isLast, throughLink) : [];

        return directory.Children.Where(c => IsVisible(segment, c.Key) && NamePattern.IsMatch(segment, c.Key))
                                 .SelectMany(c => isLast || c.Value.IsDirectory ? Step(c.Value, at, isLast, throughLink) : []);
    }

    private IEnumerable<InstallEntry> FindRecursive(InstallEntry directory, int at, Action<InstallEntry> throughLink)
    {
        if (at == _segments.Length - 1) return [directory];
        return Find(directory, at + 1, throughLink).Concat(
            directory.Children.Where(c => c.Value.IsDirectory && !c.Key.StartsWith('.'))
                              .SelectMany(c => FindRecursive(c.Value, at, throughLink)));
    }

    private IEnumerable<InstallEntry> Step(InstallEntry child, int at, bool isLast, Action<InstallEntry> throughLink)
    {
        if (isLast) return [child];
        if (child.IsDirectory) return Find(child, at + 1, throughLink);
        if (child.Kind != FileKind.SymbolicLink) return [];
        throughLink(child);
        return [child];
    }

    private static bool IsVisible(string segment, string name) => !name.StartsWith('.') || segment.StartsWith('.');
}
