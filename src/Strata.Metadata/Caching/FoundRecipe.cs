using System.Collections.Immutable;

namespace Strata.Metadata.Caching;

/// <summary>A recipe file.</summary>
/// <param name="Appends">In the order they apply.</param>
internal sealed record FoundRecipe(string File, ImmutableArray<string> Appends);
