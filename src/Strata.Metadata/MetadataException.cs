using Strata.Core;

namespace Strata.Metadata;

/// <summary>Evaluation of a recipe or of the configuration cannot go on. Caught inside the loader, which reports the diagnostic.</summary>
internal sealed class MetadataException(Diagnostic diagnostic) : Exception(diagnostic.Message)
{
    public Diagnostic Diagnostic { get; } = diagnostic;
}
