using Strata.Core;

namespace Strata.Cache;

/// <summary>What became of one task in an earlier build.</summary>
/// <param name="Build">The <see cref="BuildRecord.Id"/> of that build.</param>
/// <param name="Key">Its fields: <see cref="BuildHistory.FindKey"/>.</param>
public sealed record PastRun(string Task, long Build, Digest Key, TaskOutcome Outcome, TimeSpan Duration, Digest? Artifact)
{
    /// <summary>Since the build began.</summary>
    public TimeSpan Started { get; init; }

    /// <summary>Of its sandboxes; zero when it had none.</summary>
    public ResourceUsage Usage { get; init; }

    /// <summary>Where a restored artifact came from: <c>store</c>, or the name of a remote.</summary>
    public string? Source { get; init; }
}
