namespace Strata.Cli.Answers;

/// <summary>A line of the list of recipes.</summary>
/// <param name="File">Relative to the workspace where it lies inside.</param>
/// <param name="Variant">The word of BBCLASSEXTEND that made it, or empty.</param>
/// <param name="SkipReason">Why it must not be built in this configuration, or null.</param>
public sealed record RecipeEntry(string Name, string Version, string Layer, string Variant, string File, string? SkipReason);
