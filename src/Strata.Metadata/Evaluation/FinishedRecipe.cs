using System.Collections.Immutable;

namespace Strata.Metadata.Evaluation;

/// <summary>The whole of one variant.</summary>
internal sealed record FinishedRecipe(Datastore Variables, ImmutableArray<RecipeTask> Tasks);
