using System.Collections.Immutable;

namespace Strata.Corpus;

/// <summary>How Strata did on one case.</summary>
public sealed record CaseResult(string Name, ImmutableArray<Difference> Differences)
{
    public bool Passed => Differences.IsEmpty;
}
