namespace Strata.Packaging;

/// <summary>Shell globbing of a single name: <c>*</c>, <c>?</c>, <c>[a-z]</c>, <c>[!a]</c>. As in Python's glob, there is no escaping.</summary>
internal static class NamePattern
{
    public static bool HasWildcards(ReadOnlySpan<char> pattern) => pattern.IndexOfAny("*?[") >= 0;

    public static bool IsMatch(ReadOnlySpan<char> pattern, ReadOnlySpan<char> name)
    {
        // Only the last star needs to be remembered: an earlier one can never match more by giving back.
        var (p, n, starPattern, starName) = (0, 0, -1, 0);
        while (n < name.Length)
        {
            if (p < pattern.Length && pattern[p] == '*')
            {
                starPattern = ++p;
                starName = n;
            }
            else if (p < pattern.Length && MatchOne(pattern[p..], name[n], out var length))
            {
                p += length;
                n++;
            }
            else if (starPattern >= 0)
            {
                p = starPattern;
                n = ++starName;
            }
            else return false;
        }
        return pattern[p..].IndexOfAnyExcept('*') < 0;
    }

    private static bool MatchOne(ReadOnlySpan<char> pattern, char c, out int length)
    {
        length = 1;
        if (pattern[0] == '?') return true;
        if (pattern[0] != '[') return pattern[0] == c;

        // A ']' right after the bracket is a member; a bracket that is never closed stands for itself.
        var first = pattern.Length > 1 && pattern[1] == '!' ? 2 : 1;
        var close = pattern.Length > first + 1 ? pattern[(first + 1)..].IndexOf(']') : -1;
        if (close < 0) return c == '[';
        close += first + 1;
        length = close + 1;
        return InSet(pattern[first..close], c) == (first == 1);
    }

    private static bool InSet(ReadOnlySpan<char> set, char c)
    {
        for (var i = 0; i < set.Length; i++)
        {
            if (i + 2 < set.Length && set[i + 1] == '-')
            {
                if (c >= set[i] && c <= set[i + 2]) return true;
                i += 2;
            }
            else if (set[i] == c) return true;
        }
        return false;
    }
}
