using System.Collections.Immutable;
using Strata.Packaging;

namespace Strata.Compliance;

/// <summary>Terms of the code that was linked into files of a package.</summary>
internal static class LinkedTerms
{
    /// <summary>What was linked, each piece with its licence and version where those are known from its own recipe or the modules of the package's.</summary>
    public static ImmutableArray<LinkedCode> Of(InstalledPackage package, IReadOnlyDictionary<string, RecipeArtifact> recipes) =>
        [.. package.Linked.Select(l => l.License.Length > 0 ? l
            : l.Recipe is null ? l with { License = OfModule(l, recipes.GetValueOrDefault(package.Recipe)) }
            : recipes.TryGetValue(l.Recipe, out var own) ? l with { License = own.Licenses.License, Version = own.Licenses.Version } : l)];

    private static string OfModule(LinkedCode code, RecipeArtifact? recipe) =>
        recipe?.Licenses.Modules.FirstOrDefault(m => m.Kind == code.Kind && m.Name == code.Name && (m.Version == code.Version || m.Version.Length == 0))?.License ?? "";

    /// <summary>Everything that applies to a file made of code under these terms; null when a part of it is not known.</summary>
    public static string? Joined(string own, IEnumerable<LinkedCode> linked)
    {
        var parts = linked.Select(l => l.License).Prepend(own).Distinct(StringComparer.Ordinal).Select(Parse).ToImmutableArray();
        return parts.Any(p => p is null) ? null : new LicenseExpression.And([.. parts.Select(p => p!)]).Normalize().ToString();
    }

    private static LicenseExpression? Parse(string license) => license is "" or BillOfMaterials.NoAssertion ? null : LicenseExpression.Parse(license, default, new());

    /// <summary>For people: <c>musl-staticdev 1.2.3-r0 (MIT)</c>, once for each name.</summary>
    public static string Text(IEnumerable<LinkedCode> linked) => string.Join(", ", linked.Select(l => $"{Name(l)} ({(l.License.Length > 0 ? l.License : "licence unknown")})").Distinct(StringComparer.Ordinal));

    private static string Name(LinkedCode code) => code.Version.Length > 0 ? $"{code.Name} {code.Version}" : code.Name;
}
