using System.Collections.Immutable;

namespace Strata.Metadata.Expressions;

/// <summary>What expressions see beside the variables; the same for every recipe of a load.</summary>
internal sealed record Surroundings
{
    public static Surroundings Empty { get; } = new();

    /// <summary>The build machine's architecture as <c>uname -m</c> names it; empty if the load was not told.</summary>
    public string BuildArchitecture { get; init; } = "";

    /// <summary>How many processors the build machine has; 0 if the load was not told.</summary>
    public int Processors { get; init; }

    /// <summary>By dotted name.</summary>
    public ImmutableDictionary<string, PythonModule> Modules { get; init; } = ImmutableDictionary.Create<string, PythonModule>(StringComparer.Ordinal);
}
