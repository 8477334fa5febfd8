using System.Collections.Immutable;

namespace Strata.Cli.Answers;

/// <summary>What a recipe is and what it asks for. Lists are in the order of the metadata unless they are sorted by name.</summary>
/// <param name="Version">PV, with PE in front where there is one.</param>
/// <param name="Appends">In the order they apply.</param>
/// <param name="RuntimeDepends">By package.</param>
/// <param name="Inherits">Names of the classes, in order.</param>
/// <param name="SkippedPython">Places of the anonymous Python functions and event handlers that Strata does not run: what they would change is shown unchanged.</param>
/// <param name="SkipReason">Why it must not be built in this configuration, or null.</param>
public sealed record RecipeAnswer(
    string Name, string Version, string Revision, string Layer, int LayerPriority, string File, string Variant, string? SkipReason, string Summary, string License,
    ImmutableArray<string> Appends, ImmutableArray<string> Provides, ImmutableArray<string> Depends, ImmutableArray<string> Packages,
    ImmutableSortedDictionary<string, ImmutableArray<string>> RuntimeDepends,
    ImmutableArray<string> Sources, ImmutableSortedDictionary<string, string> Pins, ImmutableArray<string> Inherits, ImmutableArray<TaskAnswer> Tasks,
    ImmutableArray<string> SkippedPython);
