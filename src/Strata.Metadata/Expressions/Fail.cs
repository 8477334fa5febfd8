using System.Runtime.CompilerServices;

namespace Strata.Metadata.Expressions;

/// <summary>The exceptions that expressions end with, named as Python names them.</summary>
internal static class Fail
{
    public static ExpressionException Syntax(string message, int offset) => new("SyntaxError", message, offset);

    public static ExpressionException Type(string message) => new("TypeError", message);

    public static ExpressionException Value(string message) => new("ValueError", message);

    public static ExpressionException Index(string message) => new("IndexError", message);

    public static ExpressionException Key(object key) => new("KeyError", Texts.Repr(key)) { Value = new("KeyError", TupleValue.Of(key)) };

    public static ExpressionException Attribute(object self, string name) =>
        new("AttributeError", $"'{Texts.TypeName(self)}' object has no attribute '{name}'");

    /// <summary>Valid in Python, not evaluated here; <paramref name="construct"/> says what.</summary>
    public static ExpressionException Unsupported(string construct) =>
        new(ExpressionException.Unsupported, $"{construct}: not among what Strata evaluates");

    /// <summary>Would make the value depend on more than metadata; <paramref name="why"/> is "reads the disk" or the like.</summary>
    public static ExpressionException Impure(string construct, string why) => new(ExpressionException.Impure, $"{construct} {why}");

    /// <summary>Expressions and the trees made of them nest as deep as the author likes; the stack does not.</summary>
    public static void IfTooDeep(int offset = -1)
    {
        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack()) throw new ExpressionException("RecursionError", "the expression is nested too deeply", offset);
    }

    public static ExpressionException TooLong(string what) => new(ExpressionException.TooLong, what);
}
