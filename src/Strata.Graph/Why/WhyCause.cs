using System.Collections.Immutable;

namespace Strata.Graph.Why;

/// <summary>A task whose own fields changed.</summary>
/// <param name="Path">From the task that was asked about down to this one.</param>
/// <param name="Changes">Sorted by field; "dep:" and "input:" fields only where the dependency was added or taken away, or is not remembered.</param>
public sealed record WhyCause(string Task, ImmutableArray<string> Path, ImmutableArray<FieldChange> Changes);
