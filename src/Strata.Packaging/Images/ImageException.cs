using Strata.Core;

namespace Strata.Packaging;

/// <summary>Something about an image that the user has to hear of.</summary>
public sealed class ImageException(Diagnostic diagnostic, Exception? inner = null) : Exception(diagnostic.Message, inner)
{
    public Diagnostic Diagnostic { get; } = diagnostic;
}
