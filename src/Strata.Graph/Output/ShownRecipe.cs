using System.Collections.Immutable;

namespace Strata.Graph.Output;

/// <summary>A box of the picture.</summary>
/// <param name="Tasks">In the order of the graph: dependencies first.</param>
/// <param name="IsTarget">Whether the user asked for one of its tasks.</param>
internal sealed record ShownRecipe(string Name, ImmutableArray<TaskNode> Tasks, bool IsTarget);
