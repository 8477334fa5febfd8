using System.Text.Json.Serialization;

namespace Strata.Packaging;

/// <param name="Package">The package that was found to provide it; null when that is the package itself, a private library or nothing.</param>
/// <param name="Version">Of that package, without the revision: an older one may lack what was linked against; null without a package.</param>
public sealed record LibraryRequirement(
    string Soname,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Package,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Version = null)
{
    /// <summary>What the package manager has to insist on; null when it is nothing.</summary>
    [JsonIgnore]
    public PackageRelation? Relation => Package is null ? null : Version is null ? new(Package, "", "") : new(Package, ">=", Version);
}
