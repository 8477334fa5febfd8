using System.Collections.Immutable;

namespace Strata.Cli.Answers;

/// <summary>All variables and functions of a recipe or of the configuration, sorted by name.</summary>
/// <param name="Recipe">Null for the configuration.</param>
public sealed record EnvironmentAnswer(string? Recipe, ImmutableArray<EnvironmentVariable> Variables, ImmutableArray<EnvironmentVariable> Functions);
