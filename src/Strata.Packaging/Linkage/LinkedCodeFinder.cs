using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace Strata.Packaging;

/// <summary>
/// Whose code the programs of a recipe contain, by what was seen of their links: archives and object files that lie in the sysroot belong to the
/// package of a dependency that has them, others to the compiler; what the recipe built itself is its own. Go and Rust say it in the program.
/// </summary>
internal sealed partial class LinkedCodeFinder
{
    private readonly PackageSplitRequest _request;
    private readonly Dictionary<string, PackageManifest> _owners = new(StringComparer.Ordinal);
    private readonly Lazy<ImmutableArray<LinkedCode>> _crates;
    private readonly Lazy<ImmutableArray<LinkedCode>> _headers;

    public LinkedCodeFinder(PackageSplitRequest request, IEnumerable<PackageList> dependencies)
    {
        _request = request;
        foreach (var package in dependencies.SelectMany(d => d.Packages))
            foreach (var file in package.Files)
                if (file.Kind is not FileKind.Directory) _owners.TryAdd(file.Path, package);
        _crates = new(() => CargoLock.Read(request.CargoLock));
        _headers = new(UsedHeaders);
    }

    /// <param name="contents">Where a file of the package lies.</param>
    /// <returns>Each piece once, by its name, and the programs whose link nobody saw.</returns>
    public (ImmutableArray<LinkedCode> Linked, ImmutableArray<string> Unseen) Find(PackageDraft package, Func<string, string> contents)
    {
        var linked = new List<LinkedCode>();
        var unseen = ImmutableArray.CreateBuilder<string>();
        foreach (var file in package.Files)
        {
            if (file.Content?.Elf is not { Type: ElfType.Executable or ElfType.SharedObject } elf) continue;
            var path = file.File.Path;
            if (CodeOf(contents(path), elf) is { } code) linked.AddRange(code.Select(c => c with { Files = [path] }));
            else unseen.Add(path);
        }
        return (Joined(linked), unseen.ToImmutable());
    }

    private static ImmutableArray<LinkedCode> Joined(IEnumerable<LinkedCode> linked) =>
        [.. linked.GroupBy(l => l with { Files = [] }).Select(g => g.Key with { Files = [.. g.SelectMany(l => l.Files).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)] })
                  .OrderBy(l => l.Kind).ThenBy(l => l.Name, StringComparer.Ordinal).ThenBy(l => l.Version, StringComparer.Ordinal).ThenBy(l => l.Origin, StringComparer.Ordinal)];

    private IEnumerable<LinkedCode>? CodeOf(string path, ElfFile elf)
    {
        var seen = _request.Links.InputsOf(path, elf)?.Select(OwnerOf).OfType<LinkedCode>();
        var said = GoBuildInfo.Read(path, elf) ?? RustAudit.Read(path, elf);
        if (said is not null) return said.Value.Concat(seen?.Where(l => l.Kind != LinkKind.Rust || l.Name == RustLibrary) ?? []);
        return seen?.Concat(_headers.Value);
    }

    /// <summary>Headers of recipes that have nothing else to link: their code is in what includes them. Known of the recipe as a whole, not of each program.</summary>
    private ImmutableArray<LinkedCode> UsedHeaders()
    {
        var headers = _request.SysrootParts.SelectMany(p => p.HeadersOfNothingElse()).ToHashSet(StringComparer.Ordinal);
        var used = HeaderUse.Find(_request.BuildDirectories, _request.Sysroot, headers);
        // One header of each stands for all.
        return [.. used.Select(path => InSysroot(path, LinkKind.Header)).OfType<LinkedCode>().DistinctBy(c => (c.Name, c.Recipe))];
    }

    /// <summary>A dependency in DEPENDS is known by its package; of one further away the recipe is, and the image knows its licence.</summary>
    private LinkedCode? InSysroot(string path, LinkKind kind)
    {
        if (_owners.TryGetValue(path, out var package))
            return new() { Kind = kind, Name = package.Name, Version = package.FullVersion, License = package.License, Recipe = package.Recipe, Origin = path };
        return _request.SysrootParts.FirstOrDefault(p => p.Has(path)) is { } part ? new() { Kind = kind, Name = part.Recipe, Recipe = part.Recipe, Origin = path } : null;
    }

    /// <summary>Null for the recipe's own code.</summary>
    private LinkedCode? OwnerOf(string path)
    {
        if (RustCrate().Match(path) is { Success: true } crate) return CrateOf(crate.Groups[1].Value, path);
        if (IsBelow(path, _request.Sysroot) && InSysroot(path[_request.Sysroot.Length..], LinkKind.Static) is { } found) return found;
        // Compilers keep what they make on the way to a link in /tmp.
        if (IsBelow(path, _request.WorkDirectory) || IsBelow(path, "/tmp")) return null;
        var runtime = _request.Runtime.FirstOrDefault(r => r.Has(path));
        return new() { Kind = LinkKind.Static, Name = runtime?.Name ?? Path.GetFileName(path), Version = VersionIn(path), License = runtime?.License ?? "", Origin = Path.GetFileName(path) };
    }

    private const string RustLibrary = "rust-std";

    /// <summary>Crates of the lock file are built among the recipe's own; what is not in it is its own, or comes with the compiler.</summary>
    private LinkedCode? CrateOf(string name, string path)
    {
        if (_crates.Value.FirstOrDefault(c => c.Name.Replace('-', '_') == name) is { } known) return known;
        return IsBelow(path, _request.WorkDirectory) ? null : new() { Kind = LinkKind.Rust, Name = RustLibrary, License = "MIT OR Apache-2.0" };
    }

    private static bool IsBelow(string path, string directory) => directory.Length > 0 && path.StartsWith(directory + "/", StringComparison.Ordinal);

    /// <summary>Compilers keep their libraries in a directory named by their version.</summary>
    private static string VersionIn(string path) => path.Split('/').FirstOrDefault(p => Version().IsMatch(p)) ?? "";

    [GeneratedRegex(@"^\d+(\.\d+)*$", RegexOptions.CultureInvariant)]
    private static partial Regex Version();

    [GeneratedRegex(@"/lib([^/]+)-[0-9a-f]{16}\.rlib$", RegexOptions.CultureInvariant)]
    private static partial Regex RustCrate();
}
