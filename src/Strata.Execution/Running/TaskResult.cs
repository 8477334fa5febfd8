using System.Collections.Immutable;
using Strata.Core;

namespace Strata.Execution;

/// <summary>What became of a task that was started.</summary>
internal sealed record TaskResult(TaskOutcome Outcome, TimeSpan Duration)
{
    /// <summary>Of a cached task that succeeded.</summary>
    public Digest? Artifact { get; init; }

    public ImmutableArray<Diagnostic> Diagnostics { get; init; } = [];

    /// <summary>Stack trace of a bug.</summary>
    public string? Bug { get; init; }

    public string? LogFile { get; init; }

    public string LastLines { get; init; } = "";

    public ResourceUsage Usage { get; init; }

    /// <summary>Where a restored artifact came from.</summary>
    public string? Source { get; init; }
}
