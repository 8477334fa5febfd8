using Strata.Core;

namespace Strata.Metadata;

/// <summary>A value that cannot be expanded; raised only when somebody reads it.</summary>
public sealed class ExpansionException(Diagnostic diagnostic) : Exception(diagnostic.Message)
{
    public Diagnostic Diagnostic { get; } = diagnostic;

    /// <summary>The Python exception that an inline expression ended with, such as <c>KeyError</c>; null for other causes.</summary>
    public string? ExceptionName { get; init; }

    /// <summary>The expression itself is fine, but outside of what Strata evaluates (it would read the disk, the clock, the host).</summary>
    internal bool IsOutOfReach { get; init; }

    /// <summary>
    /// Python might have found a value: out of reach, or failed inside a function, which may rely on what skipped Python would have set.
    /// </summary>
    internal bool IsUncertain { get; init; }
}
