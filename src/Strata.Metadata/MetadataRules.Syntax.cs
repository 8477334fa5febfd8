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

    /// <param name="at">Of the offending character.</param>
    public static Diagnostic UnparsedLine(SourceSpan at, ReadOnlySpan<char> line, string hint)
    {
        var text = line.TrimStart();
        return s_unparsedLine.At(at, $"cannot understand '{(text.Length > 60 ? $"{text[..60]}…" : text)}'", hint);
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
        s_pythonKept.At(at, $"'def {name}' is kept for inline expressions only; what they cannot follow is an error where they call it",
            "nothing to do; a task that needs it must be shell or a built-in task");

    public static Diagnostic NoBlanksAroundOperator(SourceSpan at, ReadOnlySpan<char> name) =>
        s_noBlanks.At(at, $"there is no blank before or after the operator of {name}", "put one on both sides of it");
}
