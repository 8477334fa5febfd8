using Strata.Core;

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

    /// <summary>An independent copy, which may be changed.</summary>
    IWritableScope Copy();

    /// <summary>The tasks that a task comes after; null if there is no such task.</summary>
    IReadOnlyList<string>? GetPredecessors(string task);

    /// <summary>The names of all tasks.</summary>
    IEnumerable<string> Tasks { get; }

    /// <summary>The metadata function defined by <c>def</c> under this name, or null.</summary>
    PythonFunction? FindFunction(string name);

    /// <summary>The module of a layer's library with this dotted name, or null.</summary>
    PythonModule? FindModule(string name);

    /// <summary>The build machine's architecture as <c>uname -m</c> names it; empty if it is not known.</summary>
    string BuildArchitecture { get; }

    /// <summary>How many processors the build machine has; 0 if it is not known.</summary>
    int Processors { get; }

    /// <summary>Hands on what a function has to say to the user, such as <c>bb.warn</c>.</summary>
    void Report(Severity severity, string text);

    /// <summary>All variable names, for "did you mean".</summary>
    IEnumerable<string> VariableNames { get; }
}
