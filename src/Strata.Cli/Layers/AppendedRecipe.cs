using System.Collections.Immutable;

namespace Strata.Cli.Layers;

/// <param name="Appends">In the order they apply: a later one has the last word.</param>
public sealed record AppendedRecipe(string Recipe, string File, ImmutableArray<string> Appends);
