using System.Collections.Immutable;

namespace Strata.Packaging;

/// <summary>The entries of one package: what FILES gave it and the directories above, by path.</summary>
internal sealed class PackageMembers
{
    private readonly Dictionary<(ulong, ulong), InstallEntry> _firstOfInode = [];

    private PackageMembers(ImmutableArray<InstallEntry> all)
    {
        All = all;
        foreach (var entry in all)
            if (entry is { Kind: FileKind.File, Status.Links: > 1 }) _firstOfInode.TryAdd(entry.Status.Identity, entry);
        Contents = [.. all.Where(e => e.Kind == FileKind.File && LinkTarget(e) is null)];
    }

    public ImmutableArray<InstallEntry> All { get; }

    /// <summary>The files whose bytes the artifact gets: of several names of one file the first.</summary>
    public ImmutableArray<InstallEntry> Contents { get; }

    public static PackageMembers Of(InstallEntry root, int package)
    {
        var members = new List<InstallEntry>();
        foreach (var child in root.Children.Values) Collect(child, package, members);
        return new([.. members.OrderBy(e => e.Path, StringComparer.Ordinal)]);
    }

    /// <summary>The path of the first name of the same file in this package; null for that first name and for everything else.</summary>
    public string? LinkTarget(InstallEntry entry) =>
        entry.Kind == FileKind.File && _firstOfInode.TryGetValue(entry.Status.Identity, out var first) && first != entry ? first.Path : null;

    /// <summary>True when something was collected, so that the directory above belongs to the package as well.</summary>
    private static bool Collect(InstallEntry entry, int package, List<InstallEntry> members)
    {
        var belongs = entry.Package == package && !entry.IsDropped;
        foreach (var child in entry.Children.Values) belongs |= Collect(child, package, members);
        if (belongs) members.Add(entry);
        return belongs;
    }
}
