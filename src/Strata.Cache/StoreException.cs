using Strata.Core;

namespace Strata.Cache;

/// <summary>The store cannot do what was asked, for a reason outside of it: the disk, permissions, or the tree it was given.</summary>
public sealed class StoreException(Diagnostic diagnostic, Exception? inner = null) : Exception(diagnostic.Message, inner)
{
    /// <summary>Says which path, why, and what to do.</summary>
    public Diagnostic Diagnostic { get; } = diagnostic;
}
