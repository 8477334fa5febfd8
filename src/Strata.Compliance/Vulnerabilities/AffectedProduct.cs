using System.Collections.Immutable;

namespace Strata.Compliance;

/// <summary>A product with the versions that have a vulnerability.</summary>
/// <param name="Ecosystem">OSV's word for where the product comes from, such as <c>npm</c>; empty for upstream software named by CPE.</param>
/// <param name="Vendor">Of a CPE; <c>*</c> for any.</param>
/// <param name="Repository">The git repository that commits of the ranges are in; empty when there is none.</param>
/// <param name="Versions">Each of them is affected, whatever the ranges say.</param>
public sealed record AffectedProduct(
    string Ecosystem, string Vendor, string Name, string Repository, ImmutableArray<string> Versions, ImmutableArray<VersionRange> Ranges)
{
    /// <summary>Every version has it that is not excepted.</summary>
    public bool AllVersions { get; init; }

    /// <summary>Versions that do not have it, whatever else is said.</summary>
    public ImmutableArray<VersionRange> Unaffected { get; init; } = [];

    internal IEnumerable<string> Keys
    {
        get
        {
            if (Name.Length > 0) yield return ProductNames.Key(Name);
            if (Repository.Length > 0) yield return ProductNames.RepositoryKey(Repository);
        }
    }
}
