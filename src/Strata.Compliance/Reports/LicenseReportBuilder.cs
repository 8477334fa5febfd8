using System.Collections.Immutable;
using Strata.Core;
using Strata.Packaging;

namespace Strata.Compliance;

/// <summary>Joins an image with the evidence of its recipes and the verdicts of a policy.</summary>
public sealed class LicenseReportBuilder
{
    private readonly LicenseReportRequest _request;
    private readonly ImmutableSortedDictionary<string, RecipeArtifact> _artifacts;
    private readonly Dictionary<string, ReportText> _texts = new(StringComparer.Ordinal);

    private LicenseReportBuilder(LicenseReportRequest request)
    {
        _request = request;
        _artifacts = RecipeArtifact.ReadAll(request.LicenseArtifacts);
    }

    /// <summary>Reports what the policy refuses or wants reviewed.</summary>
    public static (LicenseReport Report, ImmutableArray<PackageVerdict> Verdicts) Build(LicenseReportRequest request, Diagnostics diagnostics)
    {
        var verdicts = Judge(request);
        foreach (var problem in verdicts.SelectMany(v => ComplianceRules.Against(request.Place, request.Image, v))) diagnostics.Add(problem);
        return (new LicenseReportBuilder(request).Run(verdicts), verdicts);
    }

    private static ImmutableArray<PackageVerdict> Judge(LicenseReportRequest request)
    {
        var packages = request.Rootfs.Packages.ToDictionary(p => p.Name, StringComparer.Ordinal);
        var needed = packages.Values.SelectMany(p => p.Depends).ToHashSet(StringComparer.Ordinal);
        // What is named by something it provides is found as what nothing else needs.
        var roots = request.Install.Where(packages.ContainsKey).Concat(packages.Keys.Where(n => !needed.Contains(n)).Order(StringComparer.Ordinal));
        var paths = DependencyPaths.Find(roots, name => packages.TryGetValue(name, out var package) ? package.Depends : []);
        return [.. packages.Values.OrderBy(p => p.Name, StringComparer.Ordinal).Select(p =>
            new PackageVerdict(p.Name, p.Recipe, p.License, request.Policy.Judge(p.Name, p.License), paths.GetValueOrDefault(p.Name, [p.Name])))];
    }

    private LicenseReport Run(ImmutableArray<PackageVerdict> verdicts)
    {
        var packages = verdicts.Zip(_request.Rootfs.Packages.OrderBy(p => p.Name, StringComparer.Ordinal), Package).ToImmutableArray();
        var recipes = _request.Rootfs.Packages.GroupBy(p => p.Recipe, StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => Recipe(g.Key, [.. g])).ToImmutableArray();
        return new()
        {
            Image = _request.Image,
            Version = _request.Version,
            Identities = _request.Identities,
            Supplier = _request.Supplier,
            Contact = _request.Contact,
            OfferYears = _request.OfferYears,
            Packages = packages,
            Recipes = recipes,
            Licenses = [.. verdicts.SelectMany(v => Chosen(v).Licenses.Select(l => (License: l, v.Package))).GroupBy(p => p.License.ToString(), StringComparer.Ordinal)
                .OrderBy(g => g.Key, StringComparer.Ordinal)
                .Select(g => new ReportLicense(g.Key, _request.Policy.Categories.Of(g.First().License), [.. g.Select(p => p.Package).Distinct(StringComparer.Ordinal)]))],
            Texts = [.. _texts.Values.OrderBy(t => t.Number).Select(t => t with { Recipes = [.. recipes.Where(r => r.Texts.Any(o => o.Number == t.Number)).Select(r => r.Name)] })],
        };
    }

    private ReportPackage Package(PackageVerdict verdict, InstalledPackage package) => new()
    {
        Name = package.Name,
        Version = package.FullVersion,
        Recipe = package.Recipe,
        License = package.License,
        Chosen = verdict.Verdict.Chosen,
        Categories = string.Join(", ", Chosen(verdict).Licenses.Select(_request.Policy.Categories.Of).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)),
        Decision = verdict.Verdict.Decision switch { PolicyDecision.Allow => "allow", PolicyDecision.Review => "review", PolicyDecision.Deny => "deny", _ => "" },
        Reason = string.Join("; ", verdict.Verdict.Findings.Where(f => f.IsRuled).Select(f => f.Reason).Distinct(StringComparer.Ordinal)),
        Exception = string.Join("; ", verdict.Verdict.Findings.Select(f => f.Exception).OfType<LicenseException>().Distinct()),
        Path = string.Join(" → ", verdict.Path),
        Files = package.Files.Count(f => f.Sha256 is not null),
    };

    private ReportRecipe Recipe(string name, ImmutableArray<InstalledPackage> packages)
    {
        var artifact = _artifacts.GetValueOrDefault(name);
        var license = artifact?.Licenses.Expression ?? artifact?.Licenses.License ?? packages[0].License;
        return new()
        {
            Name = name,
            Version = packages[0].Version,
            License = license,
            Homepage = artifact?.Licenses.Homepage ?? "",
            Packages = [.. packages.Select(p => p.Name).Order(StringComparer.Ordinal)],
            Copyrights = artifact?.Licenses.Detected.Copyrights ?? [],
            Sources = artifact?.Licenses.Sources ?? [],
            NeedsSource = packages.Any(p => LicenseExpression.Parse(p.License, default, new()) is { } terms && _request.Policy.Categories.ObligesToSource(terms)),
            Texts = [.. artifact?.Licenses.Texts.Select(t => Text(artifact, t)) ?? []],
        };
    }

    private ReportText Text(RecipeArtifact artifact, LicenseText text)
    {
        if (!_texts.TryGetValue(text.Sha256, out var known))
            _texts.Add(text.Sha256, known = new(_texts.Count + 1, $"{artifact.Licenses.Recipe}: {text.Source}", artifact.ReadText(text)));
        return known;
    }

    private static LicenseExpression Chosen(PackageVerdict verdict) =>
        LicenseExpression.Parse(verdict.Verdict.Chosen, default, new()) ?? new LicenseExpression.License(verdict.Verdict.Chosen);
}
