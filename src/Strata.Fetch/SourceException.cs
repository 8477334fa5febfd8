using Strata.Core;

namespace Strata.Fetch;

/// <summary>A source cannot be used; the diagnostic says which and why.</summary>
public sealed class SourceException(Diagnostic problem) : Exception(problem.ToString())
{
    public Diagnostic Problem { get; } = problem;
}
