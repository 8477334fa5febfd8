using System.Collections.Immutable;

namespace Strata.Metadata;

/// <summary>A task of a recipe and the tasks of the same recipe it comes after; names that are no task are kept and mean nothing.</summary>
public sealed record RecipeTask(string Name, ImmutableArray<string> After);
