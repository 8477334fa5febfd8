using Strata.Core;

namespace Strata.Cache;

/// <summary>What became of one task in the build that is being saved.</summary>
/// <param name="Task">Such as <c>zlib:do_compile</c>.</param>
/// <param name="Key">With all its fields, so that a later build can say what changed.</param>
/// <param name="Artifact">What it made or restored, if it is a cached task.</param>
public sealed record TaskRun(string Task, TaskKey Key, TaskOutcome Outcome, TimeSpan Duration, Digest? Artifact = null);
