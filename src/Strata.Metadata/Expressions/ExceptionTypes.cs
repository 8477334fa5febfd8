using System.Collections.Frozen;

namespace Strata.Metadata.Expressions;

/// <summary>The exception types that expressions can name, raise and catch.</summary>
internal static class ExceptionTypes
{
    private static readonly FrozenDictionary<string, ExceptionType> s_types = new[]
    {
        Type("BaseException"), Type("Exception", "BaseException"),
        Standard("ArithmeticError"), Standard("AssertionError"), Standard("AttributeError"), Standard("EOFError"), Standard("ImportError"),
        Standard("LookupError"), Standard("NameError"), Standard("OSError"), Standard("RuntimeError"), Standard("StopIteration"),
        Standard("SyntaxError"), Standard("TypeError"), Standard("ValueError"), Standard("NotImplementedError", "RuntimeError"),
        Standard("KeyError", "LookupError"), Standard("IndexError", "LookupError"), Standard("ZeroDivisionError", "ArithmeticError"),
        Standard("OverflowError", "ArithmeticError"), Standard("UnboundLocalError", "NameError"), Standard("UnicodeError", "ValueError"),
        Standard("ModuleNotFoundError", "ImportError"), Standard("FileNotFoundError", "OSError"), Standard("PermissionError", "OSError"),
        Standard("RecursionError", "RuntimeError"), Standard("IndentationError", "SyntaxError"), Standard("error"),
        Standard("SkipRecipe"), Standard("BBHandledException"), Standard("ParseError"), Standard("VersionStringException"),
    }.ToFrozenDictionary(t => t.Name, StringComparer.Ordinal);

    private static readonly FrozenSet<string> s_hidden =
        FrozenSet.Create(StringComparer.Ordinal, "error", "SkipRecipe", "BBHandledException", "ParseError", "VersionStringException");

    private static ExceptionType Type(string name, params string[] bases) => new(name, [.. bases]);

    private static ExceptionType Standard(string name, params string[] bases) => new(name, [.. bases, "Exception", "BaseException"]);

    public static ExceptionType Get(string name) => s_types[name];

    /// <summary>The type if Python knows it without a module's name before it.</summary>
    public static ExceptionType? FindBuiltin(string name) => name switch
    {
        "IOError" or "EnvironmentError" => s_types["OSError"],
        _ => s_types.TryGetValue(name, out var type) && !s_hidden.Contains(name) ? type : null,
    };

    /// <summary>Whether an exception of this kind is caught by a type or a tuple of types.</summary>
    public static bool Matches(string kind, object types) => types switch
    {
        ExceptionType type => type.Name == kind || type.Name is "BaseException"
            || (s_types.TryGetValue(kind, out var known) ? known.Bases.Contains(type.Name, StringComparer.Ordinal) : type.Name is "Exception"),
        TupleValue tuple => tuple.Items.Any(t => Matches(kind, t)),
        _ => throw Fail.Type("catching classes that do not inherit from BaseException is not allowed"),
    };
}
