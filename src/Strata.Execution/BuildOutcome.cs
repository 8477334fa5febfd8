using System.Collections.Immutable;
using Strata.Core;

namespace Strata.Execution;

/// <summary>What a build did, or would do.</summary>
/// <param name="Tasks">Each task that was decided about, by name. Tasks that nobody needed and tasks that were not reached are missing.</param>
/// <param name="Artifacts">Outputs of the cached tasks among them.</param>
public sealed record BuildOutcome(
    ImmutableSortedDictionary<string, TaskOutcome> Tasks,
    ImmutableSortedDictionary<string, Digest> Artifacts,
    BuildSummary Summary,
    bool Cancelled)
{
    /// <summary>Its number in the history; 0 for a dry run, and when the history cannot be used.</summary>
    public long Build { get; init; }

    public ImmutableArray<string> Failed => With(TaskOutcome.Failed);

    public ImmutableArray<string> Skipped => With(TaskOutcome.Skipped);

    public bool Succeeded => !Cancelled && Summary.Failed == 0;

    /// <summary>The tasks with this outcome, ordinal.</summary>
    public ImmutableArray<string> With(TaskOutcome outcome) => [.. Tasks.Where(t => t.Value == outcome).Select(t => t.Key)];
}
