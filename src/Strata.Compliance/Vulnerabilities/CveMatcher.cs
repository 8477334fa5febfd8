using System.Collections.Immutable;

namespace Strata.Compliance;

/// <summary>Finds the vulnerabilities of components. Everything it knows was read before; it looks at no disk and no network.</summary>
/// <param name="image">What the SBOM states.</param>
/// <param name="statements">What the supplier says; it counts more than a database.</param>
/// <param name="find">Advisories under a key.</param>
public sealed class CveMatcher(StatedImage image, IEnumerable<VexStatement> statements, Func<string, IEnumerable<Advisory>> find)
{
    /// <summary>Ecosystems whose names are those of upstream projects, so that a project fetched from elsewhere is meant as well.</summary>
    private static readonly string[] s_upstream = ["", "OSS-Fuzz", "GIT", "Linux", "ConanCenter", "vcpkg", "Yocto", "OpenEmbedded", "generic"];

    private readonly ILookup<string, VexStatement> _statements = statements.ToLookup(s => s.Vulnerability, StringComparer.Ordinal);
    private readonly ILookup<string, string> _purls = image.Packages.ToLookup(p => p.Name, p => p.Names.Purls.FirstOrDefault(""), StringComparer.Ordinal);

    /// <summary>By component, then by what is worst. One for each component and vulnerability.</summary>
    public ImmutableArray<CveFinding> Run()
    {
        var findings = SbomComponent.Of(image).SelectMany(component => component.Keys.SelectMany(find).Select(advisory => Judge(component, advisory)).OfType<CveFinding>());
        return
        [
            .. findings.GroupBy(f => (f.Component.Name, f.Component.Version, f.Advisory.Name)).Select(Worst)
                .OrderBy(f => f.Component.Name, StringComparer.Ordinal).ThenBy(f => f.Component.Version, StringComparer.Ordinal)
                .ThenByDescending(f => f.Advisory.Severity).ThenBy(f => f.Advisory.Name, StringComparer.Ordinal),
        ];
    }

    /// <summary>Databases overlap: what is sure counts before what is not, and a rating before none.</summary>
    private static CveFinding Worst(IEnumerable<CveFinding> same)
    {
        var all = same.OrderBy(f => f.State).ThenBy(f => f.Advisory.Score is null).ThenByDescending(f => f.Advisory.Score).ThenBy(f => f.Advisory.Id, StringComparer.Ordinal).ToList();
        var rated = all.Select(f => f.Advisory).FirstOrDefault(a => a.Severity != AdvisorySeverity.Unrated) ?? all[0].Advisory;
        return all[0] with
        {
            Advisory = all[0].Advisory with { Severity = rated.Severity, Score = rated.Score },
            FixedIn = all.Select(f => f.FixedIn).FirstOrDefault(v => v is not null),
        };
    }

    private CveFinding? Judge(SbomComponent component, Advisory advisory)
    {
        var matches = advisory.Affected.Select(product => Match(component, product)).OfType<(CveState State, string By, string? FixedIn)>().OrderBy(m => m.State).ToList();
        if (matches is not [var (state, by, fixedIn), ..]) return null;
        var finding = new CveFinding(component, advisory, state, by, fixedIn, "");
        return Stated(finding) ?? Patched(finding) ?? finding;
    }

    private CveFinding? Stated(CveFinding finding)
    {
        var said = finding.Advisory.Names.SelectMany(name => _statements[name]).FirstOrDefault(s => s.Products.Any(p => Means(p, finding.Component)));
        return said?.Status switch
        {
            null => null,
            VexStatus.Affected => finding with { State = CveState.Affected, Reason = said.Explanation },
            VexStatus.UnderInvestigation => finding with { State = CveState.UnderInvestigation, Reason = said.Explanation },
            VexStatus.Fixed => finding with { State = CveState.Fixed, Reason = said.Explanation },
            VexStatus.NotAffected => finding with { State = CveState.NotAffected, Reason = said.Explanation },
            _ => throw new InvalidOperationException($"unknown status {said.Status}"),
        };
    }

    private bool Means(string product, SbomComponent component) =>
        component.Names.Purls.Contains(product) || component.Packages.Any(p => SpdxNames.Package(p) == product || _purls[p].Contains(product));

    private static CveFinding? Patched(CveFinding finding)
    {
        var patch = finding.Component.Sources.Where(s => s.IsPatch).FirstOrDefault(s => finding.Advisory.Names.Any(n => PatchFixes.Of(s.Name, [$"CVE: {s.Fixes}"]).Split(' ').Contains(n)));
        return patch is null ? null : finding with { State = CveState.Fixed, Reason = $"patch {patch.Name}" };
    }

    /// <summary>Null when another product is meant, or another version.</summary>
    private static (CveState State, string By, string? FixedIn)? Match(SbomComponent component, AffectedProduct product)
    {
        foreach (var cpe in component.Cpes)
            if (IsUpstream(product) && Same(cpe.Product, product.Name) && (cpe.Vendor == "*" || product.Vendor is "*" or "" || Same(cpe.Vendor, product.Vendor)))
                return Affected(product, cpe.Version is "*" or "-" or "" ? component.Version : cpe.Version) is var (state, fixedIn) ? (state, $"cpe {cpe.Product}", fixedIn) : null;
        foreach (var purl in component.Purls)
            if (Same(purl.FullName, product.Name) && (purl.Ecosystem.Length > 0 ? product.Ecosystem.Split(':')[0] == purl.Ecosystem : IsUpstream(product)))
                return Affected(product, purl.Version.Length > 0 && purl.Ecosystem.Length > 0 ? purl.Version : component.Version) is var (state, fixedIn) ? (state, $"purl {purl.FullName}", fixedIn) : null;
        foreach (var source in component.Sources.Where(s => SbomComponent.IsCommit(s.Pin)))
            if (product.Repository.Length > 0 && ProductNames.RepositoryKey(source.Address) == ProductNames.RepositoryKey(product.Repository))
                return AtCommit(product, source.Pin, component.Version) is var (state, fixedIn) ? (state, $"repository {product.Repository}", fixedIn) : null;
        // Without any other name the name itself has to do.
        return component.Names.IsEmpty && Same(component.Name, product.Name) && IsUpstream(product) && Affected(product, component.Version) is var (known, mended) ? (known, "name", mended) : null;
    }

    private static bool Same(string a, string b) => ProductNames.Key(a) == ProductNames.Key(b);

    private static bool IsUpstream(AffectedProduct product) => s_upstream.Contains(product.Ecosystem.Split(':')[0]);

    private static (CveState, string?)? Affected(AffectedProduct product, string version)
    {
        var ranges = product.Ranges.Where(r => r.Scheme != VersionScheme.Commit).ToList();
        var isListed = product.AllVersions || product.Versions.Any(v => VersionOrder.Compare(SchemeOf(product), v, version) == 0) || ranges.Any(r => r.Contains(version));
        if (!isListed || product.Unaffected.Any(r => r.Contains(version)))
            return ranges.Count == 0 && product is { Repository.Length: > 0, Versions: [] } ? (CveState.Undetermined, null) : null;
        return (CveState.Affected, ranges.Select(r => r.FixFor(version)).FirstOrDefault(v => v is not null));
    }

    private static VersionScheme SchemeOf(AffectedProduct product) => product.Ranges.FirstOrDefault()?.Scheme is { } scheme and not VersionScheme.Commit ? scheme : VersionOrder.SchemeOf(product.Ecosystem);

    /// <summary>An event that names the very commit decides; then the versions that the database lists; else nobody can tell without the repository.</summary>
    private static (CveState, string?)? AtCommit(AffectedProduct product, string commit, string version)
    {
        foreach (var e in product.Ranges.SelectMany(r => r.Events).Where(e => e.Version == commit))
            return e.Kind == VersionEventKind.Fixed ? null : (CveState.Affected, null);
        return Affected(product, version);
    }
}
