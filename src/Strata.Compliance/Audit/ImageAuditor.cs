using System.Collections.Immutable;
using Strata.Core;
using Strata.Packaging;

namespace Strata.Compliance;

/// <summary>Compares an image with what its SBOM says of it, with nothing else at hand.</summary>
public sealed class ImageAuditor
{
    private readonly string _image;
    private readonly string _statement;
    private readonly Func<Diagnostics, StatedImage?> _read;
    private readonly LicensePolicy _policy;
    private readonly DateOnly _today;
    private readonly Diagnostics _diagnostics = new();

    private ImageAuditor(string image, string statement, Func<Diagnostics, StatedImage?> read, LicensePolicy policy, DateOnly today) =>
        (_image, _statement, _read, _policy, _today) = (image, statement, read, policy, today);

    /// <param name="statement">An SBOM; null looks for one beside the image.</param>
    /// <param name="today">For exceptions that have ended.</param>
    public static AuditReport Audit(string image, string? statement, LicensePolicy policy, DateOnly today, CancellationToken cancel)
    {
        var diagnostics = new Diagnostics();
        var found = statement ?? StatementPlaces.Find(image, diagnostics);
        return found is null ? new(image, "", [], 0, 0, 0, 0, diagnostics.Sorted()) : new ImageAuditor(image, found, problems => StatementReader.Read(found, problems), policy, today).Run(cancel);
    }

    /// <param name="attached">An SBOM that came with the image.</param>
    public static AuditReport Audit(string image, AttachedDocument attached, LicensePolicy policy, DateOnly today, CancellationToken cancel)
    {
        var name = $"{image} ({attached.Type})";
        return new ImageAuditor(image, name, problems => StatementReader.Read(name, attached.Content, problems), policy, today).Run(cancel);
    }

    private AuditReport Run(CancellationToken cancel)
    {
        var content = ImageReader.Read(_image, _diagnostics, cancel);
        var stated = _read(_diagnostics);
        if (content is not null && stated is not null)
        {
            CompareFiles(content, stated);
            CheckOrigins(stated);
            CheckLicenses(stated);
        }
        return new(_image, _statement, content?.Identities ?? [], content?.Files.Count(f => f.Value is not null) ?? 0, stated?.Packages.Length ?? 0,
            stated?.Recipes.Length ?? 0, stated?.Recipes.Sum(r => r.Sources.Length) ?? 0, _diagnostics.Sorted());
    }

    private void CompareFiles(ImageContent content, StatedImage stated)
    {
        var owned = new Dictionary<string, (string Package, string Digest)>(StringComparer.Ordinal);
        foreach (var (path, digest) in stated.Generated) owned[path] = (stated.Name, digest);
        foreach (var package in stated.Packages)
            foreach (var (path, digest) in package.Files) owned.TryAdd(path, (package.Name, digest));

        foreach (var (path, actual) in content.Files)
            if (!owned.TryGetValue(path, out var owner))
            {
                if (actual is not null) _diagnostics.Add(ComplianceRules.Unowned(path));
            }
            else if (actual != owner.Digest) _diagnostics.Add(ComplianceRules.Differs(path, owner.Package, owner.Digest, actual ?? "no regular file"));
        foreach (var (path, owner) in owned)
            if (!content.Files.ContainsKey(path)) _diagnostics.Add(ComplianceRules.Missing(path, owner.Package));
    }

    private void CheckOrigins(StatedImage stated)
    {
        foreach (var package in stated.Packages.Where(p => p.Recipe is null && p.LinkedInto.IsEmpty)) _diagnostics.Add(ComplianceRules.NoRecipe(_statement, package.Name));
        var withFiles = stated.Packages.Where(p => p.Files.Count > 0).Select(p => p.Recipe).ToHashSet(StringComparer.Ordinal);
        foreach (var recipe in stated.Recipes)
        {
            if (recipe.Sources.IsEmpty && withFiles.Contains(recipe.Name)) _diagnostics.Add(ComplianceRules.NoSource(_statement, recipe.Name));
            foreach (var source in recipe.Sources.Where(s => s.Pin.Length == 0)) _diagnostics.Add(ComplianceRules.NotPinned(_statement, recipe.Name, source.Name));
        }
    }

    private void CheckLicenses(StatedImage stated)
    {
        var packages = stated.Packages.DistinctBy(p => p.Name, StringComparer.Ordinal).ToDictionary(p => p.Name, StringComparer.Ordinal);
        var needed = packages.Values.SelectMany(p => p.Depends).ToHashSet(StringComparer.Ordinal);
        var roots = packages.Keys.Where(n => !needed.Contains(n)).Order(StringComparer.Ordinal);
        var paths = DependencyPaths.Find(roots, name => packages.TryGetValue(name, out var package) ? package.Depends : []);
        foreach (var package in stated.Packages)
        {
            if (package.License is "" or "NONE" or BillOfMaterials.NoAssertion || LicenseExpression.Parse(package.License, default, new()) is null)
            {
                _diagnostics.Add(ComplianceRules.NoLicense(_statement, package.Name, package.License));
                continue;
            }
            if (!package.LinkedInto.IsEmpty)
            {
                CheckLinked(stated, package, paths);
                continue;
            }
            var verdict = new PackageVerdict(package.Name, package.Recipe ?? "", package.License, _policy.Judge(package.Name, package.License, _today), paths.GetValueOrDefault(package.Name, [package.Name]));
            foreach (var problem in ComplianceRules.Against(new(_statement), stated.Name, verdict, _today)) _diagnostics.Add(problem);
        }
    }

    private void CheckLinked(StatedImage stated, StatedPackage linked, ImmutableSortedDictionary<string, ImmutableArray<string>> paths)
    {
        foreach (var into in linked.LinkedInto)
            foreach (var finding in _policy.Judge(into, linked.License, _today, isLinked: true).Findings.Where(f => f.Decision != PolicyDecision.Allow))
            {
                var path = paths.GetValueOrDefault(into, [into]).Add(linked.Name);
                _diagnostics.Add(ComplianceRules.AgainstLinked(new(_statement), stated.Name,
                    new(into, null, linked.Name, finding.License, true, finding, null, linked.Recipe is null ? path : path.Add($"recipe {linked.Recipe}"))));
            }
    }
}
