using System.Collections.Immutable;

namespace Strata.Graph.Keys;

/// <summary>One variable, function or flag (<c>N[f]</c>) as a key sees it.</summary>
/// <param name="text">What is hashed; null if it does not exist.</param>
/// <param name="dependencies">The names it needs.</param>
internal sealed class AnalysedVariable(string name, string? text, ImmutableArray<string> dependencies)
{
    public string Name { get; } = name;

    public string? Text { get; } = text;

    public ImmutableArray<string> Dependencies { get; } = dependencies;

    /// <summary>The variables of <see cref="Dependencies"/>, once somebody followed them.</summary>
    public AnalysedVariable[]? Needed { get; set; }

    /// <summary>The latest walk that came by.</summary>
    public int Walk { get; set; }

    /// <summary>Its field in a task's key; made when the first key needs it.</summary>
    public KeyField? Field { get; set; }
}
