using System.Collections.Immutable;

namespace Strata.Cli.Answers;

/// <summary>What differs between two keys of a task; a field that a key does not have is null.</summary>
internal sealed record KeyDifference(string Task, string Before, string After, ImmutableArray<ChangedField> Changes);
