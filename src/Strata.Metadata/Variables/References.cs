using System.Buffers;

namespace Strata.Metadata;

/// <summary>Finds <c>${NAME}</c> and <c>${@expression}</c> in texts.</summary>
internal static class References
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
        for (start = from; (start = text.IndexOf("${@", start, StringComparison.Ordinal)) >= 0;)
        {
            end = EndOfExpression(text, start + "${@".Length);
            if (end >= 0) return true;

            // Without a brace behind this one, no later one on the line ends either.
            start = text.IndexOf('\n', start);
            if (start < 0) break;
        }
        (start, end) = (-1, -1);
        return false;
    }

    /// <summary>
    /// What BitBake's <c>\$\{@(\{.*?\}|.)+?\}</c> finds, without its backtracking: pairs of braces are stepped over as long as a brace
    /// remains for the end. -1 if there is none on the line.
    /// </summary>
    private static int EndOfExpression(string text, int first)
    {
        var close = NextClose(text, first);
        var further = close < 0 ? -1 : NextClose(text, close + 1);
        for (var at = first; ;)
        {
            if (close >= 0 && close < at) (close, further) = (further, further < 0 ? -1 : NextClose(text, further + 1));
            if (close < 0) return -1;
            if (at == close && at > first) return at + 1;
            at = text[at] == '{' && further >= 0 ? close + 1 : at + 1;
        }
    }

    /// <summary>The first closing brace on the line of <paramref name="from"/>; -1 if there is none.</summary>
    private static int NextClose(string text, int from) =>
        text.AsSpan(from).IndexOfAny('}', '\n') is >= 0 and var length && text[from + length] == '}' ? from + length : -1;
}
