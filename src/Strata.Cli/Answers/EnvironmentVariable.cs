using System.Collections.Immutable;

namespace Strata.Cli.Answers;

/// <param name="Value">Null when it has none, or when it cannot be expanded.</param>
/// <param name="Raw">Before expansion.</param>
/// <param name="Problem">Why it cannot be expanded, or null.</param>
/// <param name="Exported">Whether tasks see it in their environment.</param>
/// <param name="Flags">As written, sorted by name.</param>
public sealed record EnvironmentVariable(
    string Name, string? Value, string? Raw, string? Problem, bool Exported, bool IsPython, ImmutableSortedDictionary<string, string> Flags);
