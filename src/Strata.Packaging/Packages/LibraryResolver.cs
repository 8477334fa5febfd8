using System.Collections.Immutable;

namespace Strata.Packaging;

/// <summary>
/// Automatic dependencies between packages by soname. A recipe's own packages come first, in the order of PACKAGES, whatever directory
/// the library is in; then the artifacts of its dependencies, where only directories count that the program loader searches.
/// </summary>
internal sealed class LibraryResolver
{
    private readonly Dictionary<string, string> _own = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _foreign = new(StringComparer.Ordinal);
    private readonly ImmutableArray<string> _directories;
    private readonly ImmutableArray<string> _privateLibraries;

    public LibraryResolver(PackageSplitRequest request, ImmutableArray<PackageDraft> packages, IEnumerable<PackageList> dependencies)
    {
        _directories = request.LibraryDirectories;
        _privateLibraries = request.PrivateLibraries;
        foreach (var package in packages)
            foreach (var library in Offered(package)) _own.TryAdd(library.Soname, package.Name);
        foreach (var package in dependencies.SelectMany(d => d.Packages))
            foreach (var library in package.LibraryProvides)
                if (IsPublic(library)) _foreign.TryAdd(library.Soname, package.Name);
    }

    public LibraryFindings Find(PackageDraft package)
    {
        var requires = new SortedDictionary<string, string?>(StringComparer.Ordinal);
        var unresolved = ImmutableArray.CreateBuilder<(string, string)>();
        foreach (var file in package.Files)
        {
            if (file.Content?.Elf is not { } elf) continue;
            foreach (var soname in elf.Needed)
            {
                if (IsPrivate(soname)) continue;
                var provider = _own.GetValueOrDefault(soname) ?? _foreign.GetValueOrDefault(soname);
                if (provider is null) unresolved.Add((file.File.Path, soname));
                requires[soname] = provider == package.Name ? null : provider;
            }
        }
        return new([.. Offered(package)], [.. requires.Select(r => new LibraryRequirement(r.Key, r.Value))], unresolved.ToImmutable());
    }

    private IEnumerable<SharedLibrary> Offered(PackageDraft package) =>
        package.Files.Select(AsLibrary).OfType<SharedLibrary>().Where(l => !IsPrivate(l.Soname))
               .OrderBy(l => l.Soname, StringComparer.Ordinal).ThenBy(l => l.Path, StringComparer.Ordinal);

    /// <summary>A library without a soname is asked for by its file name.</summary>
    private static SharedLibrary? AsLibrary(DraftFile file) =>
        file.Content?.Elf is { Type: ElfType.SharedObject, IsDynamic: true, IsProgram: false } elf
            ? new(elf.Soname ?? Path.GetFileName(file.File.Path), file.File.Path)
            : null;

    private bool IsPublic(SharedLibrary library) => _directories.Contains(Path.GetDirectoryName(library.Path)!, StringComparer.Ordinal);

    private bool IsPrivate(string soname) => _privateLibraries.Any(p => NamePattern.IsMatch(p, soname));
}
