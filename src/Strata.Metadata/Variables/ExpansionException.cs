using Strata.Core;

namespace Strata.Metadata;

/// <summary>A value that cannot be expanded; raised only when somebody reads it.</summary>
public sealed class ExpansionException(Diagnostic diagnostic) : Exception(diagnostic.Message)
{
    public Diagnostic Diagnostic { get; } = diagnostic;
}
