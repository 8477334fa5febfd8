namespace Strata.Cli.Recipes;

/// <summary>What upstream offers for a recipe.</summary>
/// <param name="Newest">Empty when it could not be found out; <paramref name="Problem"/> then says why.</param>
public sealed record OutdatedRecipe(string Recipe, string Version, string Newest, bool IsOutdated, string Problem);
