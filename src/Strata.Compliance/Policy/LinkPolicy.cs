using System.Collections.Immutable;
using Strata.Packaging;

namespace Strata.Compliance;

/// <summary>Judges what is linked with the files of a package: whether it may be inside of them at all, and whether the terms go together.</summary>
/// <param name="packages">All of the image, by name.</param>
internal sealed class LinkPolicy(LicensePolicy policy, IReadOnlyDictionary<string, InstalledPackage> packages)
{
    /// <param name="linked">What is inside of its files, with licences.</param>
    /// <param name="path">From what the image names to the package.</param>
    /// <returns>What is not allowed, each once.</returns>
    public ImmutableArray<LinkVerdict> Judge(InstalledPackage package, ImmutableArray<LinkedCode> linked, ImmutableArray<string> path) =>
        [.. Inside(package, linked, path).Concat(Conflicts(package, linked, path)).DistinctBy(v => (v.File, v.Linked, v.License, v.Conflict))];

    private IEnumerable<LinkVerdict> Inside(InstalledPackage package, ImmutableArray<LinkedCode> linked, ImmutableArray<string> path) =>
        from code in linked
        where code.License.Length > 0
        from finding in policy.Judge(package.Name, code.License, isLinked: true).Findings
        where finding.Decision != PolicyDecision.Allow
        select new LinkVerdict(package.Name, code.Files.FirstOrDefault(), code.Name, finding.License, true, finding, null, PathTo(path, code, code.Files.FirstOrDefault()));

    private IEnumerable<LinkVerdict> Conflicts(InstalledPackage package, ImmutableArray<LinkedCode> linked, ImmutableArray<string> path)
    {
        if (policy.Conflicts == PolicyDecision.Allow || Parse(package.License) is not { } own) yield break;
        foreach (var (index, code) in linked.Index())
        {
            if (Parse(code.License) is not { } terms) continue;
            if (Verdict(package, package.Name, own, code.Name, terms, code.Files.FirstOrDefault(), true, PathTo(path, code, code.Files.FirstOrDefault())) is { } conflict) yield return conflict;
            foreach (var other in linked.Skip(index + 1))
                if (code.Files.Intersect(other.Files, StringComparer.Ordinal).FirstOrDefault() is { } file && Parse(other.License) is { } others
                    && Verdict(package, code.Name, terms, other.Name, others, file, true, PathTo(path, other, file)) is { } both) yield return both;
        }
        foreach (var name in package.LibraryRequires.Select(r => r.Package).OfType<string>().Distinct(StringComparer.Ordinal))
            if (packages.TryGetValue(name, out var library) && Parse(library.License) is { } terms
                && Verdict(package, package.Name, own, name, terms, null, false, path.Add(name).Add($"recipe {library.Recipe}")) is { } conflict) yield return conflict;
    }

    private LinkVerdict? Verdict(InstalledPackage package, string name, LicenseExpression own, string other, LicenseExpression terms, string? file, bool isStatic, ImmutableArray<string> path)
    {
        if (LicenseConflicts.Find(own, terms, isStatic, policy.Categories) is not var (a, b, why, source)) return null;
        var finding = policy.Excepted(package.Name, terms, new(b, policy.Conflicts, "LICENSE_CONFLICTS"));
        return finding.Decision == PolicyDecision.Allow ? null
            : new(package.Name, file, other, b, isStatic, finding, $"{name} is under {a}, {other} under {b}: {why} ({source})", path);
    }

    private static LicenseExpression? Parse(string license) => LicenseExpression.Parse(license, default, new());

    private static ImmutableArray<string> PathTo(ImmutableArray<string> path, LinkedCode code, string? file) =>
        [.. path, .. Some(file), .. Some(code.Origin), code.Name, .. Some(code.Recipe is null ? null : $"recipe {code.Recipe}")];

    private static string[] Some(string? text) => text is null ? [] : [text];
}
