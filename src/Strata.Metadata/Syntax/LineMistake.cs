using System.Buffers;

namespace Strata.Metadata.Syntax;

/// <summary>What is probably wrong with a line that is no statement, and where.</summary>
/// <param name="At">Index of the offending character in the line.</param>
/// <param name="Hint">What to type instead.</param>
internal readonly record struct LineMistake(int At, string Hint)
{
    private const string Expected = "expected an assignment such as NAME = \"value\", or a statement such as 'inherit'";

    /// <summary>Of names, and of flags behind them.</summary>
    private static readonly SearchValues<char> s_name = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_+.${}/~:[]@");

    private static readonly string[] s_recipeOnly = ["inherit", "inherit_defer", "addtask", "deltask", "EXPORT_FUNCTIONS", "addhandler"];

    /// <summary>Operators as they are mistyped, and what was meant.</summary>
    private static readonly (string Written, string Meant)[] s_operators =
        [("+= =", "+="), ("=??", "??="), ("=?", "?="), ("=:", ":="), ("==", "="), ("= =", "="), ("+ =", "+="), ("= +", "=+"), (". =", ".="), ("= .", "=."), ("? =", "?="), (": =", ":="), ("-=", ":remove =")];

    /// <param name="line">Joined, not empty.</param>
    public static LineMistake In(ReadOnlySpan<char> line, bool isConfiguration)
    {
        var text = line.TrimStart();
        var start = line.Length - text.Length;
        var word = text.IndexOfAny(' ', '\t') is >= 0 and var blank ? text[..blank] : text;
        foreach (var keyword in s_recipeOnly)
            if (isConfiguration && word.SequenceEqual(keyword)) return new(start, $"'{keyword}' belongs into recipes and classes; a .conf file may use INHERIT += \"…\"");
        if (text.StartsWith('#')) return new(start, "begin the comment in the first column");
        if (start > 0) return new(start, "indented assignment: begin the statement in the first column, or end the line above with '\\'");
        if (text.EndsWith(")") && text.Contains('(')) return new(text.Length - 1, "put the '{' of a function on the same line: 'name () {'");
        if (text.EndsWith("}") && text.IndexOf("() {", StringComparison.Ordinal) is >= 0 and var brace) return new(brace + 3, "put the function's body and its '}' on lines of their own");
        if (word.SequenceEqual("unset")) return new(Math.Max(0, text.IndexOf('[')), "only a whole variable or a flag of two or more characters can be unset");
        if (word.Contains('@')) return new(word.IndexOf('@'), "'@' cannot be part of a variable name, so a name cannot hold an expression");
        return text.IndexOf('=') is > 0 and var equals ? InAssignment(text, equals) : new(0, Expected);
    }

    private static LineMistake InAssignment(ReadOnlySpan<char> text, int equals)
    {
        var from = Math.Max(0, equals - 2);
        var around = text[from..Math.Min(text.Length, equals + 4)];
        foreach (var (written, meant) in s_operators)
            if (around.IndexOf(written, StringComparison.Ordinal) is >= 0 and var at) return new(from + at, $"did you mean '{meant}'?");

        var name = text[..equals].TrimEnd("?:+. ");
        var begin = name.StartsWith("export ") ? "export ".Length : 0;
        if (name[begin..].IndexOfAnyExcept(s_name) is >= 0 and var odd) return new(begin + odd, $"a variable name cannot hold '{name[begin + odd]}'");

        var value = text[(equals + 1)..].TrimStart();
        var open = text.Length - value.Length;
        if (value.IsEmpty || value[0] is not ('"' or '\'')) return new(value.IsEmpty ? equals : open, "quote the value: NAME = \"value\"");
        var quote = value[0];
        var close = open + 1 + value[1..].IndexOf(quote);
        if (close == open) return new(open, $"the value has no closing {quote}; a line that goes on must end in '\\', with no empty line after it");
        if (value[^1] != quote && text[close..].IndexOf('#') is >= 0 and var comment) return new(close + comment, "move the comment to a line of its own");
        if (value.Count(quote) == 3) return new(close, $"three {quote} on a line are ambiguous: use the other kind of quote inside the value");
        return value[^1] == quote ? new(0, Expected) : new(text.LastIndexOf(quote) + 1, "nothing may follow the closing quote");
    }
}
