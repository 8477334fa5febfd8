using Strata.Core;

namespace Strata.Cache;

/// <summary>What became of one task in the build that is being saved.</summary>
/// <param name="Task">Such as <c>zlib:do_compile</c>.</param>
/// <param name="Key">With all its fields, so that a later build can say what changed.</param>
/// <param name="Artifact">What it made or restored, if it is a cached task.</param>
public sealed record TaskRun(string Task, TaskKey Key, TaskOutcome Outcome, TimeSpan Duration, Digest? Artifact = null)
{
    /// <summary>Since the build began.</summary>
    public TimeSpan Started { get; init; }

    /// <summary>Of its sandboxes; zero when it had none.</summary>
    public ResourceUsage Usage { get; init; }

    /// <summary>Where a restored artifact came from: <c>store</c>, or the name of a remote.</summary>
    public string? Source { get; init; }
}
