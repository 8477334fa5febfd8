using Strata.Core;

namespace Strata.Metadata;

/// <content>What can be wrong with the text of a file.</content>
public static partial class MetadataRules
{
    private static readonly Rule s_unparsedLine = new("STR2001", Severity.Error, "Line not understood");
    private static readonly Rule s_commentInContinuation = new("STR2002", Severity.Error, "Comment inside a continued line");
    private static readonly Rule s_endInContinuation = new("STR2005", Severity.Error, "File ends inside a continued line");
    private static readonly Rule s_functionNotClosed = new("STR2006", Severity.Error, "Function not closed");
    private static readonly Rule s_pythonSkipped = new("STR2012", Severity.Warning, "Python skipped");
    private static readonly Rule s_pythonKept = new("STR2013", Severity.Warning, "Python function");
    private static readonly Rule s_noBlanks = new("STR2014", Severity.Note, "No blanks around the operator");

    private static readonly string[] s_recipeOnly = ["inherit", "inherit_defer", "addtask", "deltask", "EXPORT_FUNCTIONS", "addhandler"];

    public static Diagnostic UnparsedLine(SourceSpan at, ReadOnlySpan<char> line)
    {
        var shown = line.Length > 60 ? $"{line[..60]}…" : line.ToString();
        var start = line.Length - line.TrimStart().Length;
        return s_unparsedLine.At(at with { Column = at.Column + start }, $"cannot understand '{shown.TrimStart()}'", HintFor(line, at.File.EndsWith(".conf", StringComparison.Ordinal)));
    }

    public static Diagnostic CommentInsideContinuation(SourceSpan at, SourceSpan start) =>
        s_commentInContinuation.At(at, "a comment cannot stand in the middle of a continued line", "move it above the line it interrupts") with { Related = [start] };

    public static Diagnostic CommentContinuesIntoText(SourceSpan at, SourceSpan start) =>
        s_commentInContinuation.At(at, "the comment above ends in '\\' and so goes on here, in a line that is no comment",
            "remove the '\\' from the end of the comment, or begin this line with '#'") with { Related = [start] };

    public static Diagnostic EndOfFileInContinuation(SourceSpan at) =>
        s_endInContinuation.At(at, "the file ends in the middle of this line", "remove the '\\' at the end of the last line");

    public static Diagnostic FunctionNotClosed(SourceSpan at, string name) =>
        s_functionNotClosed.At(at, $"the function '{name}' is never closed", "end it with a line that is exactly '}', with nothing before it");

    public static Diagnostic PythonSkipped(SourceSpan at, string? name) =>
        s_pythonSkipped.At(at, $"{(name is null ? "an anonymous Python function" : $"the Python function '{name}'")} is skipped: Strata runs no Python",
            "use shell, or a built-in task: do_x[builtin] = \"...\"");

    public static Diagnostic PythonDefinitionKept(SourceSpan at, string name) =>
        s_pythonKept.At(at, $"'def {name}' is kept for inline expressions only; what they cannot follow is an error where they call it");

    public static Diagnostic NoBlanksAroundOperator(SourceSpan at, ReadOnlySpan<char> name) =>
        s_noBlanks.At(at, $"write a blank before and after the operator of {name}");

    /// <summary>Operators as they are mistyped, and what was meant.</summary>
    private static readonly (string Written, string Meant)[] s_operators =
        [("=??", "??="), ("=?", "?="), ("=:", ":="), ("==", "="), ("+ =", "+="), ("= +", "=+"), (". =", ".="), ("= .", "=."), ("? =", "?="), (": =", ":="), ("-=", ":remove =")];

    private static string? OperatorHint(ReadOnlySpan<char> text, int equals)
    {
        var around = text[Math.Max(0, equals - 2)..Math.Min(text.Length, equals + 3)];
        foreach (var (written, meant) in s_operators)
            if (around.Contains(written, StringComparison.Ordinal)) return $"did you mean '{meant}'?";
        return null;
    }

    private static string HintFor(ReadOnlySpan<char> line, bool isConfiguration)
    {
        var text = line.TrimStart();
        var word = text.IndexOfAny(' ', '\t') is >= 0 and var blank ? text[..blank] : text;
        foreach (var keyword in s_recipeOnly)
            if (isConfiguration && word.SequenceEqual(keyword)) return $"'{keyword}' belongs into recipes and classes; a .conf file may use INHERIT += \"…\"";
        if (text.StartsWith('#')) return "begin the comment in the first column";
        if (text.Length < line.Length) return "indented assignment: begin the statement in the first column, or end the line above with '\\'";
        if (text.EndsWith(")") && text.Contains('(')) return "put the '{' of a function on the same line: 'name () {'";
        if (text.EndsWith("}") && text.Contains("() {", StringComparison.Ordinal)) return "put the function's body and its '}' on lines of their own";
        if (word.SequenceEqual("unset")) return "only a whole variable or a flag of two or more characters can be unset";
        if (word.Contains('@')) return "'@' cannot be part of a variable name, so a name cannot hold an expression";
        if (text.IndexOf('=') is not (> 0 and var equals)) return "expected an assignment such as NAME = \"value\", or a statement such as 'inherit'";

        if (OperatorHint(text, equals) is { } hint) return hint;
        var value = text[(equals + 1)..].TrimStart();
        if (value.IsEmpty || value[0] is not ('"' or '\'')) return "quote the value: NAME = \"value\"";
        var quote = value[0];
        if (value.Count(quote) == 1) return $"the value has no closing {quote}; a line that goes on must end in '\\', with no empty line after it";
        if (value[^1] != quote && value.Contains('#')) return "move the comment to a line of its own";
        return value.Count(quote) == 3 ? $"three {quote} on a line are ambiguous: use the other kind of quote inside the value" : "nothing may follow the closing quote";
    }
}
