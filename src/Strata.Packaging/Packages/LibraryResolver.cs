using System.Collections.Immutable;

namespace Strata.Packaging;

/// <summary>
/// Automatic dependencies between packages by soname. A recipe's own packages come first, in the order of PACKAGES, whatever directory
/// the library is in; then the artifacts of its dependencies, where only directories count that the program loader searches.
/// </summary>
internal sealed class LibraryResolver
{
    private readonly Dictionary<string, LibraryProvider> _own = new(StringComparer.Ordinal);
    private readonly Dictionary<string, LibraryProvider> _foreign = new(StringComparer.Ordinal);
    private readonly ImmutableArray<string> _directories;
    private readonly ImmutableArray<string> _privateLibraries;

    public LibraryResolver(PackageSplitRequest request, ImmutableArray<PackageDraft> packages, ImmutableArray<PackageList> dependencies)
    {
        _directories = request.LibraryDirectories;
        _privateLibraries = request.PrivateLibraries;
        foreach (var package in packages)
            foreach (var library in Offered(package)) _own.TryAdd(library.Soname, new(package.Name, request.Version, library));
        foreach (var package in dependencies.SelectMany(d => d.Packages))
            foreach (var library in package.LibraryProvides)
                if (IsPublic(library)) _foreign.TryAdd(library.Soname, new(package.Name, package.Version, library));
    }

    public LibraryFindings Find(PackageDraft package)
    {
        var requires = new SortedDictionary<string, LibraryProvider?>(StringComparer.Ordinal);
        var unresolved = ImmutableArray.CreateBuilder<(string, string)>();
        var missing = ImmutableArray.CreateBuilder<(string, ElfVersion, string)>();
        foreach (var file in package.Files)
        {
            if (file.Content?.Elf is not { } elf) continue;
            foreach (var soname in elf.Needed)
            {
                if (IsPrivate(soname)) continue;
                var provider = _own.GetValueOrDefault(soname) ?? _foreign.GetValueOrDefault(soname);
                if (provider is null) unresolved.Add((file.File.Path, soname));
                else missing.AddRange(elf.NeededVersions.Where(v => v.Soname == soname && provider.Lacks(v.Name)).Select(v => (file.File.Path, v, provider.Package)));
                requires[soname] = provider;
            }
        }
        return new([.. Offered(package)], [.. requires.Select(r => Requirement(r.Key, r.Value, package))], unresolved.ToImmutable(), missing.ToImmutable());
    }

    private static LibraryRequirement Requirement(string soname, LibraryProvider? provider, PackageDraft user) =>
        provider is null || provider.Package == user.Name ? new(soname, null) : new(soname, provider.Package, provider.Version);

    private IEnumerable<SharedLibrary> Offered(PackageDraft package) =>
        package.Files.Select(AsLibrary).OfType<SharedLibrary>().Where(l => !IsPrivate(l.Soname))
               .OrderBy(l => l.Soname, StringComparer.Ordinal).ThenBy(l => l.Path, StringComparer.Ordinal);

    /// <summary>A library without a soname is asked for by its file name.</summary>
    private static SharedLibrary? AsLibrary(DraftFile file) =>
        file.Content?.Elf is { Type: ElfType.SharedObject, IsDynamic: true, IsProgram: false } elf
            ? new(elf.Soname ?? Path.GetFileName(file.File.Path), file.File.Path,
                elf.DefinedVersions.IsEmpty ? null : elf.DefinedVersions.ToImmutableSortedSet(StringComparer.Ordinal))
            : null;

    private bool IsPublic(SharedLibrary library) => _directories.Contains(Path.GetDirectoryName(library.Path)!, StringComparer.Ordinal);

    private bool IsPrivate(string soname) => _privateLibraries.Any(p => NamePattern.IsMatch(p, soname));

    private sealed record LibraryProvider(string Package, string Version, SharedLibrary Library)
    {
        /// <summary>The program loader only warns about a library without any versions.</summary>
        public bool Lacks(string version) => Library.Versions?.Contains(version) == false;
    }
}
