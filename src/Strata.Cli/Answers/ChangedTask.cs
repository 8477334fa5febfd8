using System.Collections.Immutable;

namespace Strata.Cli.Answers;

/// <param name="Path">From the task that was asked about down to this one.</param>
internal sealed record ChangedTask(string Task, ImmutableArray<string> Path, ImmutableArray<ChangedField> Changes);
