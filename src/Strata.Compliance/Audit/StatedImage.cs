using System.Collections.Immutable;

namespace Strata.Compliance;

/// <summary>What an SBOM says of an image.</summary>
/// <param name="Packages">By name.</param>
/// <param name="Generated">Files that the image has of itself: SHA-256 by path.</param>
public sealed record StatedImage(
    string Name, ImmutableArray<StatedPackage> Packages, ImmutableArray<StatedRecipe> Recipes, ImmutableSortedDictionary<string, string> Generated);
