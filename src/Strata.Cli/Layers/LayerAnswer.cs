using System.Collections.Immutable;

namespace Strata.Cli.Layers;

/// <summary>What a layer brings and what it changes of others. Lists are sorted unless said otherwise.</summary>
/// <param name="Dependencies">In the order of LAYERDEPENDS, then of LAYERRECOMMENDS.</param>
/// <param name="Sets">Configuration variables that have an assignment from one of its files.</param>
public sealed record LayerAnswer(
    LayerEntry Layer, ImmutableArray<LayerDependency> Dependencies, ImmutableArray<string> NeededBy, ImmutableArray<string> Machines, ImmutableArray<string> Distributions,
    ImmutableArray<string> Classes, ImmutableArray<string> Recipes, ImmutableArray<AppendedRecipe> Appends, ImmutableArray<OverlaidName> Overlays, ImmutableArray<SetVariable> Sets);
