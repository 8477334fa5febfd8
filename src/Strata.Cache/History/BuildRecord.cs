using System.Collections.Immutable;
using Strata.Core;

namespace Strata.Cache;

/// <param name="Id">Counts builds of this history from 1; 0 when the history could not be opened.</param>
/// <param name="Started">For display only: nothing is ordered or decided by it, because clocks jump.</param>
/// <param name="Targets">As the user named them.</param>
public sealed record BuildRecord(long Id, DateTimeOffset Started, ImmutableArray<string> Targets, BuildSummary Summary)
{
    /// <summary>False when it was killed, or still runs.</summary>
    public bool Ended { get; init; } = true;
}
