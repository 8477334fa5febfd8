using System.Collections.Immutable;

namespace Strata.Cli.Layers;

/// <param name="Needed">Name of the other layer.</param>
/// <param name="Version">Its version, empty if it gives none; null if it is not in the workspace.</param>
/// <param name="IsRequired">LAYERDEPENDS, as opposed to LAYERRECOMMENDS.</param>
public sealed record LayerDependency(string Layer, string Needed, ImmutableArray<string> Constraints, string? Version, bool IsRequired) : ILayerPart;
