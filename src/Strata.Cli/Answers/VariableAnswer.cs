using System.Collections.Immutable;

namespace Strata.Cli.Answers;

/// <summary>A variable of a recipe or of the configuration, or one of its flags.</summary>
/// <param name="Recipe">Null for the configuration.</param>
/// <param name="Raw">Before expansion.</param>
/// <param name="Winner">The overrides of the variant whose value it has; null for none.</param>
/// <param name="Why">How the value came about, in one sentence.</param>
/// <param name="Overrides">Those in force, lowest priority first.</param>
public sealed record VariableAnswer(
    string Name, string? Flag, string? Recipe, string? Value, string? Raw, string? Winner, string Why,
    ImmutableArray<string> Overrides, ImmutableArray<AssignmentAnswer> History);
