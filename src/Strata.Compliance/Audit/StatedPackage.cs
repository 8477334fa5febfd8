using System.Collections.Immutable;

namespace Strata.Compliance;

/// <summary>A package as an SBOM states it.</summary>
/// <param name="Recipe">Null when nothing says what it was made from.</param>
/// <param name="Depends">Names of other packages of the SBOM.</param>
/// <param name="Files">SHA-256 by absolute path.</param>
public sealed record StatedPackage(
    string Name, string Version, string License, string? Recipe, ImmutableArray<string> Depends, ImmutableSortedDictionary<string, string> Files)
{
    /// <summary>Names of the packages whose files it was linked into; it has none of its own then.</summary>
    public ImmutableArray<string> LinkedInto { get; init; } = [];

    public StatedNames Names { get; init; } = StatedNames.None;
}
