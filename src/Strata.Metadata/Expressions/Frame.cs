using System.Collections.Frozen;

namespace Strata.Metadata.Expressions;

/// <summary>The names of one scope. A lookup goes outwards; what no frame has is global.</summary>
internal sealed class Frame(Frame? outer, FrozenSet<string>? locals, bool seesVariables, bool seesDatastore)
{
    public Dictionary<string, object> Names { get; } = new(StringComparer.Ordinal);

    public Frame? Outer { get; } = outer;

    /// <summary>A module's names hide the metadata's functions and variables from its functions.</summary>
    public bool IsInModule { get; init; } = outer?.IsInModule ?? false;

    /// <summary>Names that are local even before they have a value; null for the scope of an expression or comprehension.</summary>
    public FrozenSet<string>? Locals { get; } = locals;

    /// <summary>BitBake's variables are visible by bare name, which Python does not hand down to lambdas and generators.</summary>
    public bool SeesVariables { get; } = seesVariables;

    /// <summary>Whether <c>d</c> is there without being a parameter.</summary>
    public bool SeesDatastore { get; } = seesDatastore;
}
