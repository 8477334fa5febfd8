using System.Collections.Immutable;

namespace Strata.Compliance;

/// <summary>A recipe as an SBOM states it.</summary>
public sealed record StatedRecipe(string Name, string Version, ImmutableArray<StatedSource> Sources)
{
    public StatedNames Names { get; init; } = StatedNames.None;
}
