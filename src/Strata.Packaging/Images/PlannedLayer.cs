using System.Collections.Immutable;

namespace Strata.Packaging;

/// <summary>What goes into one image layer.</summary>
/// <param name="Name">Of the recipe, or of what is gathered there.</param>
internal sealed record PlannedLayer(string Name, ImmutableArray<TarSlice> Slices);
