using System.Collections.Immutable;

namespace Strata.Core;

/// <summary>Collects diagnostics from any thread; read back in an order that does not depend on threads.</summary>
public sealed class Diagnostics
{
    private readonly Lock _gate = new();
    private readonly HashSet<Diagnostic> _all = [];

    public bool HasErrors
    {
        get { lock (_gate) return _all.Any(d => d.Severity == Severity.Error); }
    }

    /// <summary>By place, then code, then text; the same finding reported twice appears once.</summary>
    public ImmutableArray<Diagnostic> Sorted()
    {
        lock (_gate)
        {
            return [.. _all.OrderBy(d => d.Place.File, StringComparer.Ordinal).ThenBy(d => d.Place.Line).ThenBy(d => d.Place.Column)
                           .ThenBy(d => d.Rule.Code, StringComparer.Ordinal).ThenBy(d => d.Message, StringComparer.Ordinal)];
        }
    }

    public void Add(Diagnostic diagnostic)
    {
        lock (_gate) _all.Add(diagnostic);
    }
}
