using System.Diagnostics.CodeAnalysis;

namespace Strata.Packaging;

/// <summary>The entries of a root file system by path, in the order in which they are written.</summary>
internal sealed class RootfsTree
{
    private const int MaxLinks = 40;
    private const int DirectoryMode = 0x1ED;

    private readonly SortedDictionary<string, RootfsEntry> _entries = new(StringComparer.Ordinal);

    public IReadOnlyCollection<RootfsEntry> Entries => _entries.Values;

    public RootfsEntry? Find(string path) => _entries.GetValueOrDefault(path);

    public void Set(RootfsEntry entry) => _entries[entry.Path] = entry;

    /// <summary>Removes this one entry.</summary>
    public void Discard(string path) => _entries.Remove(path);

    /// <summary>Removes the entry and all below.</summary>
    public void Remove(string path)
    {
        var below = path + "/";
        foreach (var gone in _entries.Keys.Where(k => k == path || k.StartsWith(below, StringComparison.Ordinal)).ToList()) _entries.Remove(gone);
    }

    /// <summary>Follows links in every part of the path, the last included.</summary>
    public bool TryResolve(string path, [NotNullWhen(true)] out RootfsEntry? entry)
    {
        entry = null;
        path = RootfsPath.Normalize(path);
        for (var links = 0; links <= MaxLinks; links++)
        {
            if (FirstLink(path) is not { } link) return _entries.TryGetValue(path, out entry);
            path = RootfsPath.Normalize(RootfsPath.Follow(link.Path, link.File.Target!) + path[link.Path.Length..]);
        }
        return false;
    }

    /// <summary>Gives every entry its parent directories, and each hard link a file that is written before it.</summary>
    public void Complete()
    {
        foreach (var path in _entries.Keys.ToList())
            for (var parent = RootfsPath.Parent(path); parent != "/" && !_entries.ContainsKey(parent); parent = RootfsPath.Parent(parent))
                Set(new(new() { Path = parent, Kind = FileKind.Directory, Mode = DirectoryMode }, null));

        foreach (var group in _entries.Values.Where(e => e.File.Kind == FileKind.HardLink).GroupBy(e => e.File.Target!, StringComparer.Ordinal).ToList())
            Relink(group.Key, [.. group]);
    }

    /// <summary>Renaming or removing can leave a link before its file or without one: the first name in order becomes the file.</summary>
    private void Relink(string target, List<RootfsEntry> links)
    {
        var file = Find(target) is { File.Kind: FileKind.File } found && found.ContentPath == links[0].ContentPath ? found : null;
        if (file is not null) links.Add(file);
        links.Sort((a, b) => string.CompareOrdinal(a.Path, b.Path));
        Set(links[0] with { File = links[0].File with { Kind = FileKind.File, Target = null } });
        foreach (var link in links.Skip(1)) Set(link with { File = link.File with { Kind = FileKind.HardLink, Target = links[0].Path } });
    }

    private RootfsEntry? FirstLink(string path)
    {
        for (var slash = path.IndexOf('/', 1); ; slash = path.IndexOf('/', slash + 1))
        {
            var prefix = slash < 0 ? path : path[..slash];
            if (Find(prefix) is { File.Kind: FileKind.SymbolicLink } link) return link;
            if (slash < 0) return null;
        }
    }
}
