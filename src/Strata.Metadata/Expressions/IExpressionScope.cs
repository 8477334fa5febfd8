namespace Strata.Metadata.Expressions;

/// <summary>What an expression may see of the datastore. Everything else (disk, clock, processes) is out of its reach.</summary>
public interface IExpressionScope
{
    /// <summary>
    /// The value of a variable, or null if it has none. <c>__inherit_cache</c> is asked for the paths of the inherited class files, joined by blanks.
    /// </summary>
    string? Get(string name, bool expand);

    /// <summary>The value of a flag, or null if it has none.</summary>
    string? GetFlag(string name, string flag, bool expand);

    /// <summary>The flags of a variable, unexpanded, in order of their first assignment; null if it has none.</summary>
    IReadOnlyList<KeyValuePair<string, string>>? GetFlags(string name);

    /// <summary>The text with every known reference replaced.</summary>
    string Expand(string text);

    /// <summary>The metadata function defined by <c>def</c> under this name, or null.</summary>
    PythonFunction? FindFunction(string name);

    /// <summary>All variable names, for "did you mean".</summary>
    IEnumerable<string> VariableNames { get; }
}
