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
        var builder = new LicenseReportBuilder(request);
        var verdicts = builder.Judge();
        foreach (var problem in verdicts.SelectMany(v => ComplianceRules.Against(request.Place, request.Image, v))) diagnostics.Add(problem);
        foreach (var link in verdicts.SelectMany(v => v.Linked)) diagnostics.Add(ComplianceRules.AgainstLinked(request.Place, request.Image, link));
        return (builder.Run(verdicts), verdicts);
    }

    private ImmutableArray<PackageVerdict> Judge()
    {
        var packages = _request.Rootfs.Packages.ToDictionary(p => p.Name, StringComparer.Ordinal);
        var needed = packages.Values.SelectMany(p => p.Depends).ToHashSet(StringComparer.Ordinal);
        // What is named by something it provides is found as what nothing else needs.
        var roots = _request.Install.Where(packages.ContainsKey).Concat(packages.Keys.Where(n => !needed.Contains(n)).Order(StringComparer.Ordinal));
        var paths = DependencyPaths.Find(roots, name => packages.TryGetValue(name, out var package) ? package.Depends : []);
        var links = new LinkPolicy(_request.Policy, packages);
        return [.. packages.Values.OrderBy(p => p.Name, StringComparer.Ordinal).Select(p => Verdict(p, paths.GetValueOrDefault(p.Name, [p.Name])))];

        PackageVerdict Verdict(InstalledPackage package, ImmutableArray<string> path) => new(package.Name, package.Recipe, package.License, _request.Policy.Judge(package.Name, package.License), path)
        {
            Linked = links.Judge(package, Linked(package), path),
        };
    }

    private ImmutableArray<LinkedCode> Linked(InstalledPackage package) => LinkedTerms.Of(package, _artifacts);

    private LicenseReport Run(ImmutableArray<PackageVerdict> verdicts)
    {
        var packages = verdicts.Zip(_request.Rootfs.Packages.OrderBy(p => p.Name, StringComparer.Ordinal), Package).ToImmutableArray();
        var recipes = _request.Rootfs.Packages.Select(p => (p.Recipe, Package: (InstalledPackage?)p))
            // What is only linked in needs its notices and its source as well.
            .Concat(_request.Rootfs.Packages.SelectMany(p => p.Linked).Select(l => l.Recipe).OfType<string>().Where(_artifacts.ContainsKey).Select(r => (r, (InstalledPackage?)null)))
            .GroupBy(p => p.Item1, StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => Recipe(g.Key, [.. g.Select(p => p.Item2).OfType<InstalledPackage>()])).ToImmutableArray();
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
        Decision = verdict.Decision switch { PolicyDecision.Allow => "allow", PolicyDecision.Review => "review", PolicyDecision.Deny => "deny", _ => "" },
        Reason = string.Join("; ", verdict.Verdict.Findings.Where(f => f.IsRuled).Select(f => f.Reason).Concat(verdict.Linked.Select(l => l.Conflict ?? $"{l.Linked}: {l.Finding.Reason}")).Distinct(StringComparer.Ordinal)),
        Exception = string.Join("; ", verdict.Verdict.Findings.Select(f => f.Exception).OfType<LicenseException>().Distinct()),
        Linked = LinkedTerms.Text(Linked(package)),
        Effective = LinkedTerms.Joined(package.License, Linked(package)) ?? "",
        Unseen = string.Join(" ", package.UnseenLinks),
        Path = string.Join(" → ", verdict.Path),
        Files = package.Files.Count(f => f.Sha256 is not null),
    };

    private ReportRecipe Recipe(string name, ImmutableArray<InstalledPackage> packages)
    {
        var artifact = _artifacts.GetValueOrDefault(name);
        var license = artifact?.Licenses.Expression ?? artifact?.Licenses.License ?? packages[0].License;
        var terms = packages.Select(p => p.License).Concat(_request.Rootfs.Packages.SelectMany(p => p.Linked).Where(l => l.Recipe == name).Select(l => l.License.Length > 0 ? l.License : license));
        return new()
        {
            Name = name,
            Version = artifact?.Licenses.Version ?? packages[0].Version,
            License = license,
            Detected = artifact?.Licenses.Detected.LicenseText ?? "",
            Homepage = artifact?.Licenses.Homepage ?? "",
            Packages = [.. packages.Select(p => p.Name).Order(StringComparer.Ordinal)],
            Copyrights = artifact?.Licenses.Detected.Copyrights ?? [],
            Sources = artifact?.Licenses.Sources ?? [],
            NeedsSource = terms.Any(t => LicenseExpression.Parse(t, default, new()) is { } parsed && _request.Policy.Categories.ObligesToSource(parsed)),
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
