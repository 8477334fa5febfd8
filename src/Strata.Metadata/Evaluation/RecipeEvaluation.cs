namespace Strata.Metadata.Evaluation;

/// <summary>What evaluating a recipe file gave, and everything that the result depends on.</summary>
/// <param name="Inputs">Files read or looked for.</param>
/// <param name="Reads">The <see cref="Names.Name.Id"/> of each name looked up in the configuration, as a <see cref="NumberList"/>.</param>
/// <param name="ReadsAll">It listed the variables of the configuration, so it depends on every one.</param>
internal sealed record RecipeEvaluation(RecipeRecord Record, InputFile[] Inputs, ReadOnlyMemory<byte> Reads, bool ReadsAll);
