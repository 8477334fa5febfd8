using System.Collections.Immutable;
using Strata.Core;
using Strata.Metadata.Layers;

namespace Strata.Metadata.Caching;

/// <summary>Which recipe files there are.</summary>
/// <param name="Recipes">In the order of BBFILES and layer priority.</param>
/// <param name="Masked">How many files BBMASK hides.</param>
internal sealed record FoundRecipes(ImmutableArray<FoundRecipe> Recipes, int Masked, ImmutableArray<Diagnostic> Diagnostics)
{
    public static FoundRecipes Of(RecipeFiles files, Diagnostics diagnostics) =>
        new([.. files.Recipes.Select(r => new FoundRecipe(r, files.AppendsOf(r)))], files.Masked, diagnostics.Sorted());
}
