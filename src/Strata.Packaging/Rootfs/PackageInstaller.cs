using System.Collections.Immutable;
using Strata.Core;

namespace Strata.Packaging;

/// <summary>Puts packages into a root file system, one after the other, and finds the paths that two of them claim.</summary>
internal sealed class PackageInstaller
{
    private readonly RootfsTree _tree;
    private readonly DirectoryLinks _links;
    private readonly ImmutableArray<AvailablePackage> _packages;
    private readonly SourceSpan _place;
    private readonly Diagnostics _diagnostics;
    private readonly Dictionary<string, AvailablePackage> _byName;

    public PackageInstaller(RootfsTree tree, ImmutableArray<AvailablePackage> packages, SourceSpan place, Diagnostics diagnostics)
    {
        (_tree, _packages, _place, _diagnostics) = (tree, packages, place, diagnostics);
        _links = new(packages.SelectMany(p => p.Manifest.Files));
        _byName = packages.ToDictionary(p => p.Name, StringComparer.Ordinal);
    }

    public void InstallAll()
    {
        foreach (var package in _packages) Install(package);
        LinkAlternatives();
    }

    /// <summary>The package's entries as they ended up in the tree; what another package replaced or an edit changed is left out.</summary>
    public ImmutableArray<PackagedFile> FilesOf(AvailablePackage package) =>
        [.. package.Manifest.Files.Select(f => Final(f, package)).OfType<PackagedFile>()
                   .DistinctBy(f => f.Path, StringComparer.Ordinal).OrderBy(f => f.Path, StringComparer.Ordinal)];

    /// <summary>Where a path of a package lies in the image.</summary>
    public string Locate(string path) => _links.Locate(path, isDirectory: false) ?? path;

    private PackagedFile? Final(PackagedFile file, AvailablePackage package)
    {
        var path = _links.Locate(file.Path, file.Kind == FileKind.Directory);
        if (path is null || _tree.Find(path) is not { Package: { } owner } entry) return null;
        return owner == package.Name || entry.IsDirectory || IsSame(file, entry.File) ? entry.File : null;
    }

    private void Install(AvailablePackage package)
    {
        var files = package.Manifest.Files;
        var digests = files.Where(f => f.Sha256 is not null).ToDictionary(f => f.Path, StringComparer.Ordinal);
        var parents = files.Select(f => RootfsPath.Parent(f.Path)).ToHashSet(StringComparer.Ordinal);
        foreach (var file in files)
        {
            if (_links.Locate(file.Path, file.Kind == FileKind.Directory) is not { } path)
            {
                _diagnostics.Add(PackagingRules.LinksInCircle(_place, package.Name, file.Path));
                continue;
            }
            var located = file with { Path = path };
            if (file.Kind == FileKind.HardLink && digests.TryGetValue(file.Target!, out var content))
                located = located.WithContentOf(content) with { Target = _links.Locate(file.Target!, false) };
            var source = file.Kind switch
            {
                FileKind.File => package.ContentOf(file.Path),
                FileKind.HardLink => package.ContentOf(file.Target!),
                _ => null,
            };
            Place(new(located, package.Name, source, IsOwnDirectory: file.Kind == FileKind.Directory && !parents.Contains(file.Path)), package);
        }
    }

    private void Place(RootfsEntry entry, AvailablePackage package)
    {
        if (_tree.Find(entry.Path) is not { } present) _tree.Set(entry);
        else if (present.IsDirectory && entry.IsDirectory) MergeDirectory(present, entry);
        else if (!IsSame(present.File, entry.File)) Replace(present, entry, package);
    }

    /// <summary>Who ships a directory for its own sake knows its mode; who merely has files in it does not.</summary>
    private void MergeDirectory(RootfsEntry present, RootfsEntry entry)
    {
        if (!entry.IsOwnDirectory) return;
        if (!present.IsOwnDirectory) _tree.Set(entry);
        else if (!HasSameOwner(present.File, entry.File)) _diagnostics.Add(PackagingRules.DirectoryDiffers(_place, present, entry));
    }

    private void Replace(RootfsEntry present, RootfsEntry entry, AvailablePackage package)
    {
        var other = _byName[present.Package!];
        if (Replaces(package, other)) _tree.Set(entry);
        else if (!Replaces(other, package))
            _diagnostics.Add(PackagingRules.FileClash(_place, entry.Path, other.Name, other.Manifest.Recipe, package.Name, package.Manifest.Recipe));
    }

    private static bool Replaces(AvailablePackage package, AvailablePackage other) =>
        package.Manifest.Replaces.Select(RuntimeDependency.NameOf).Any(n => n == other.Name || other.Manifest.Provides.Select(RuntimeDependency.NameOf).Contains(n, StringComparer.Ordinal));

    private static bool IsSame(PackagedFile a, PackagedFile b) =>
        IsFile(a) == IsFile(b) && (IsFile(a) ? a.Sha256 == b.Sha256 : a.Kind == b.Kind && a.Target == b.Target)
        && a.DeviceMajor == b.DeviceMajor && a.DeviceMinor == b.DeviceMinor && HasSameOwner(a, b);

    private static bool IsFile(PackagedFile file) => file.Kind is FileKind.File or FileKind.HardLink;

    private static bool HasSameOwner(PackagedFile a, PackagedFile b) => a.Mode == b.Mode && a.User == b.User && a.Group == b.Group && a.HasAttributesOf(b);

    private void LinkAlternatives()
    {
        var offers = from package in _packages
                     from alternative in package.Manifest.Alternatives
                     let link = _links.Locate(alternative.Link, false)
                     let target = _links.Locate(alternative.Target, false)
                     where link is not null && target is not null
                     select (package.Name, Link: link, Target: target, alternative.Priority);
        foreach (var offered in offers.GroupBy(o => o.Link, StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal))
        {
            var ranked = offered.OrderByDescending(o => o.Priority).ThenBy(o => o.Name, StringComparer.Ordinal).ToList();
            if (ranked.Count > 1 && ranked[0].Priority == ranked[1].Priority && ranked[0].Name != ranked[1].Name)
                _diagnostics.Add(PackagingRules.AlternativesTie(_place, offered.Key, ranked[0].Name, ranked[1].Name, ranked[0].Priority));
            if (_tree.Find(offered.Key) is { Package: { } owner })
                _diagnostics.Add(PackagingRules.AlternativeInTheWay(_place, offered.Key, owner, _byName[owner].Manifest.Recipe, ranked[0].Name));
            _tree.Set(Link(offered.Key, RootfsPath.Relative(offered.Key, ranked[0].Target)));
        }
    }

    private static RootfsEntry Link(string path, string target) =>
        new(new() { Path = path, Kind = FileKind.SymbolicLink, Mode = 0x1FF, Target = target }, null);
}
