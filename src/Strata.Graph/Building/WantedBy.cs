using Strata.Core;

namespace Strata.Graph.Building;

/// <summary>Who asked for a recipe, and where. The place is looked for only when a message needs it.</summary>
internal sealed record WantedBy(ResolvedRecipe Recipe, Func<SourceSpan> Place);
