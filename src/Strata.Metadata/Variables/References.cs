using System.Buffers;
using System.Text.RegularExpressions;

namespace Strata.Metadata;

/// <summary>Finds <c>${NAME}</c> and <c>${@expression}</c> in texts.</summary>
internal static partial class References
{
    private static readonly SearchValues<char> s_name = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_+./~:");

    /// <summary>The next reference to a variable at or after <paramref name="from"/>: where it stands, braces included.</summary>
    public static bool TryFindName(ReadOnlySpan<char> text, int from, out int start, out int end)
    {
        for (start = from; ; start += 2)
        {
            var next = text[start..].IndexOf("${");
            if (next < 0) break;
            start += next;
            var length = text[(start + 2)..].IndexOfAnyExcept(s_name);
            end = start + 2 + length + 1;
            if (length > 0 && text[end - 1] == '}') return true;
        }
        (start, end) = (-1, -1);
        return false;
    }

    /// <summary>The next inline expression at or after <paramref name="from"/>: where it stands, braces included.</summary>
    public static bool TryFindExpression(string text, int from, out int start, out int end)
    {
        for (start = from; (start = text.IndexOf("${@", start, StringComparison.Ordinal)) >= 0; start++)
        {
            end = EndOfExpression(text, start);
            if (end >= 0) return true;
        }
        end = -1;
        return false;
    }

    /// <summary>The first closing brace outside one level of braces; -1 if there is none on the line.</summary>
    private static int EndOfExpression(string text, int start)
    {
        var first = start + "${@".Length;
        for (var at = first; at < text.Length && text[at] != '\n'; at++)
        {
            if (text[at] == '}' && at > first) return at + 1;
            if (text[at] != '{') continue;
            var close = text.AsSpan(at).IndexOfAny('}', '\n');
            if (close < 0 || text[at + close] == '\n') break;
            at += close;
        }
        // No regular end: what BitBake's regular expression finds by backtracking.
        var match = ExpressionPattern().Match(text, start);
        return match.Success && match.Index == start ? match.Index + match.Length : -1;
    }

    [GeneratedRegex(@"\G\$\{@(?:\{.*?\}|.)+?\}", RegexOptions.CultureInvariant)]
    private static partial Regex ExpressionPattern();
}
