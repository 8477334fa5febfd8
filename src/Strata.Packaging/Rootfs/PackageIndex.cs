using System.Collections.Immutable;
using System.Text.Json;
using Strata.Core;

namespace Strata.Packaging;

/// <summary>All packages that could be installed, by name and by what they provide.</summary>
internal sealed class PackageIndex
{
    private readonly SortedDictionary<string, AvailablePackage> _byName = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, SortedSet<string>> _providers = new(StringComparer.Ordinal);

    public IEnumerable<string> Names => _byName.Keys;

    public static PackageIndex Read(ImmutableArray<string> artifacts, SourceSpan place, Diagnostics diagnostics)
    {
        var index = new PackageIndex();
        foreach (var artifact in artifacts.Distinct(StringComparer.Ordinal))
        {
            try
            {
                foreach (var package in PackageList.Read(artifact).Packages) index.Add(new(package, artifact), place, diagnostics);
            }
            catch (Exception e) when (e is IOException or JsonException or UnauthorizedAccessException)
            {
                diagnostics.Add(PackagingRules.DamagedPackageList(place, artifact, e.Message));
            }
        }
        return index;
    }

    public AvailablePackage? Find(string name) => _byName.GetValueOrDefault(name);

    /// <summary>Names of the packages that provide it, ordinal.</summary>
    public IReadOnlyCollection<string> ProvidersOf(string name) => _providers.GetValueOrDefault(name) ?? (IReadOnlyCollection<string>)[];

    /// <summary>Names of the packages that ship the path or have an alternative for it, ordinal.</summary>
    public IEnumerable<string> OwnersOf(string path) =>
        _byName.Values.Where(p => p.Manifest.Files.Any(f => f.Path == path) || p.Manifest.Alternatives.Any(a => a.Link == path)).Select(p => p.Name);

    private void Add(AvailablePackage package, SourceSpan place, Diagnostics diagnostics)
    {
        if (!_byName.TryAdd(package.Name, package))
        {
            diagnostics.Add(PackagingRules.PackageFromTwoRecipes(place, package.Name, _byName[package.Name].Manifest.Recipe, package.Manifest.Recipe));
            return;
        }
        foreach (var provided in package.Manifest.Provides.Select(RuntimeDependency.NameOf))
        {
            if (!_providers.TryGetValue(provided, out var providers)) _providers[provided] = providers = new(StringComparer.Ordinal);
            providers.Add(package.Name);
        }
    }
}
