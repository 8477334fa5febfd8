using System.Collections.Immutable;
using Strata.Packaging;

namespace Strata.Compliance;

/// <summary>Terms of the code that was linked into files of a package.</summary>
internal static class LinkedTerms
{
    /// <summary>What was linked, each piece with its licence where that is known from the recipe's modules.</summary>
    public static ImmutableArray<LinkedCode> Of(InstalledPackage package, RecipeArtifact? recipe) => [.. package.Linked.Select(l => l.License.Length > 0 ? l : l with { License = OfModule(l, recipe) })];

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
