using System.Collections.Immutable;
using Strata.Core;

namespace Strata.Cache;

/// <param name="Id">Counts builds of this history from 1; 0 before it is saved.</param>
/// <param name="Started">For display only.</param>
/// <param name="Targets">As the user named them.</param>
public sealed record BuildRecord(long Id, DateTimeOffset Started, ImmutableArray<string> Targets, BuildSummary Summary);
