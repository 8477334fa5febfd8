using System.Collections.Immutable;

namespace Strata.Compliance;

/// <summary>Something in an SBOM that vulnerabilities can be known of: a recipe, a module that it fetched, or a package of unknown origin.</summary>
/// <param name="Packages">What of it is installed.</param>
/// <param name="Sources">What it was made from; a commit or a patch in there decides more than a version.</param>
public sealed record SbomComponent(string Name, string Version, StatedNames Names, ImmutableArray<string> Packages, ImmutableArray<StatedSource> Sources)
{
    /// <summary>Keys under which an index may have something about it.</summary>
    public ImmutableArray<string> Keys =>
    [
        .. Cpes.Select(c => ProductNames.Key(c.Product))
            .Concat(Purls.Select(p => ProductNames.Key(p.FullName)))
            .Concat(Sources.Where(s => IsCommit(s.Pin)).Select(s => ProductNames.RepositoryKey(s.Address)))
            .Append(ProductNames.Key(Name)).Distinct(StringComparer.Ordinal),
    ];

    internal IEnumerable<Cpe> Cpes => Names.Cpes.Select(text => Cpe.TryParse(text, out var cpe) ? cpe : default).Where(c => c.Product is not null);

    internal IEnumerable<ParsedPurl> Purls => Names.Purls.Select(text => ParsedPurl.TryParse(text, out var purl) ? purl : null).OfType<ParsedPurl>();

    internal static bool IsCommit(string pin) => pin.Length == 40;

    public static ImmutableArray<SbomComponent> Of(StatedImage image)
    {
        var packages = image.Packages.Where(p => p.Recipe is not null).ToLookup(p => p.Recipe!, p => p.Name, StringComparer.Ordinal);
        var recipes = image.Recipes.Where(r => packages.Contains(r.Name)).Select(r => new SbomComponent(r.Name, r.Version, r.Names, [.. packages[r.Name]], r.Sources));
        var modules = image.Recipes.SelectMany(r => r.Sources.Select(s => Module(s, [.. packages[r.Name]]))).OfType<SbomComponent>();
        var others = image.Packages.Where(p => p.Recipe is null).Select(p => new SbomComponent(p.Name, p.Version, p.Names, [p.Name], []));
        return [.. recipes.Concat(modules).Concat(others).OrderBy(c => c.Name, StringComparer.Ordinal).ThenBy(c => c.Version, StringComparer.Ordinal)];
    }

    /// <summary>A module of a language's registry, which recipes fetch beside their own source.</summary>
    private static SbomComponent? Module(StatedSource source, ImmutableArray<string> packages) =>
        ParsedPurl.OfDownload(source.Address) is { } purl ? new(purl.FullName, purl.Version, new([purl.ToString()], []), packages, []) : null;
}
