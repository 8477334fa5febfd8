using System.Collections.Immutable;
using Strata.Core;

namespace Strata.Fetch;

/// <summary>How looking for a source ended. The family is closed.</summary>
public abstract record FetchOutcome
{
    private FetchOutcome()
    {
    }

    /// <summary>It was here already: no place was asked.</summary>
    public sealed record Present : FetchOutcome;

    public sealed record Fetched(string Place) : FetchOutcome
    {
        /// <summary>Places that were asked before and did not help.</summary>
        public ImmutableArray<Refusal> Refusals { get; init; } = [];
    }

    /// <summary>No place has it.</summary>
    public sealed record Unavailable(Diagnostic Problem, ImmutableArray<Refusal> Refusals) : FetchOutcome;
}
