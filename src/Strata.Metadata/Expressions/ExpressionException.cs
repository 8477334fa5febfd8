namespace Strata.Metadata.Expressions;

/// <summary>
/// An expression has no value. <see cref="Kind"/> is the name of Python's exception ("NameError"), or one of the constants here.
/// </summary>
public sealed class ExpressionException(string kind, string message, int offset = -1) : Exception(message)
{
    /// <summary>A string literal without end: BitBake leaves such an expression as literal text.</summary>
    public const string UnterminatedString = "UnterminatedString";

    /// <summary>Valid Python, but outside of what Strata evaluates.</summary>
    public const string Unsupported = "Unsupported";

    /// <summary>Would read the disk, the clock, the host or change the datastore.</summary>
    public const string Impure = "Impure";

    /// <summary>The statement budget is used up.</summary>
    public const string TooLong = "TooLong";

    public string Kind { get; } = kind;

    /// <summary>Where in the expression's text, counted from 0; -1 if the place is not known.</summary>
    public int Offset { get; internal set; } = offset;

    /// <summary>The metadata function whose body failed, innermost first found; null for the expression itself.</summary>
    public PythonFunction? Function { get; internal set; }

    /// <summary>The line within <see cref="Function"/>'s body, counted from 1; 0 if not known.</summary>
    public int FunctionLine { get; internal set; }

    /// <summary>What <c>except … as name</c> binds, where it is more than the message.</summary>
    internal ExceptionValue? Value { get; init; }

    /// <summary>Python would not have failed here, so no <c>except</c> may catch it and go on with a wrong value.</summary>
    internal bool IsFinal => Kind is UnterminatedString or Unsupported or Impure or TooLong or "SyntaxError" or "IndentationError" or "BBHandledException" or "RecursionError";
}
