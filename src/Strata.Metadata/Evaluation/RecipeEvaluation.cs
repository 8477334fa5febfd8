namespace Strata.Metadata.Evaluation;

/// <summary>What evaluating a recipe file gave, and everything that the result depends on.</summary>
/// <param name="Inputs">Files read or looked for.</param>
internal sealed record RecipeEvaluation(RecipeRecord Record, InputFile[] Inputs, ConfigurationReads Reads);
