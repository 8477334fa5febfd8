using System.Collections.Immutable;
using Strata.Core;

namespace Strata.Execution;

/// <summary>A task failed, and these diagnostics say why.</summary>
public sealed class TaskFailedException(ImmutableArray<Diagnostic> diagnostics)
    : Exception(string.Join('\n', diagnostics.Select(d => d.Message)))
{
    public TaskFailedException(Diagnostic diagnostic) : this([diagnostic]) { }

    public ImmutableArray<Diagnostic> Diagnostics { get; } = diagnostics;
}
