using Strata.Core;

namespace Strata.Cache;

/// <summary>What became of one task in an earlier build.</summary>
/// <param name="Build">The <see cref="BuildRecord.Id"/> of that build.</param>
/// <param name="Key">Its fields: <see cref="BuildHistory.FindKey"/>.</param>
public sealed record PastRun(string Task, long Build, Digest Key, TaskOutcome Outcome, TimeSpan Duration, Digest? Artifact);
