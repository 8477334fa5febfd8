using System.Collections.Immutable;

namespace Strata.Cli.Layers;

/// <summary>A recipe of which tasks change.</summary>
/// <param name="Appends">Appends that are there only after.</param>
/// <param name="Variables">Final values that differ for this recipe and not for all; sorted.</param>
/// <param name="Tasks">Names of the tasks whose keys differ; sorted.</param>
public sealed record RecipeDifference(
    string Name, ValueChange? File, ImmutableArray<string> Appends, ImmutableArray<ValueChange> Variables, ImmutableArray<string> Tasks);
