using Strata.Metadata.Evaluation;

namespace Strata.Metadata.Caching;

/// <summary>The evaluation of a recipe file as an earlier load left it.</summary>
/// <param name="Inputs">Numbers of the inputs it depends on.</param>
/// <param name="Reads">Numbers of the names it looked up in the configuration; see <see cref="NumberList"/>.</param>
/// <param name="ReadsAll">It listed the variables of the configuration, so it depends on every one.</param>
internal sealed record CachedRecipe(RecipeRecord Record, ReadOnlyMemory<byte> Inputs, ReadOnlyMemory<byte> Reads, bool ReadsAll);
