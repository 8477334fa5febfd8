using System.Collections.Immutable;
using Strata.Graph.Why;

namespace Strata.Cli.Answers;

/// <summary>Why a task's key changed.</summary>
/// <param name="State">unchanged, changed or neverBuilt.</param>
internal sealed record WhyAnswer(string Task, string State, ImmutableArray<ChangedTask> Causes)
{
    public static WhyAnswer Of(WhyReport report) => new(
        report.Task,
        report.State switch { WhyState.Unchanged => "unchanged", WhyState.Changed => "changed", _ => "neverBuilt" },
        [.. report.Causes.Select(c => new ChangedTask(c.Task, c.Path, ChangedField.Of(c.Changes)))]);
}
