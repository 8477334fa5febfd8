namespace Strata.Compliance;

/// <summary>
/// Versions of projects that follow no written rule: <c>1.1.1w</c>, <c>9.8p1</c>, <c>2.0-rc3</c>, <c>v6.1</c>, <c>openssl-3.0.1</c>, <c>curl-8_5_0</c>.
/// </summary>
internal static class UpstreamVersion
{
    private const int End = 0;
    private const int Word = 1;
    private const int Number = 2;

    public static int Compare(string a, string b)
    {
        var first = Trimmed(a);
        var second = Trimmed(b);
        while (true)
        {
            var one = Next(ref first);
            var other = Next(ref second);
            if (one.IsEmpty && other.IsEmpty) return 0;
            var order = CompareTokens(one, other);
            if (order != 0) return order;
        }
    }

    /// <summary>Without a name in front and without what only names a build (<c>+git…</c>).</summary>
    private static ReadOnlySpan<char> Trimmed(ReadOnlySpan<char> version)
    {
        var plus = version.IndexOf('+');
        if (plus > 0) version = version[..plus];
        var digit = version.IndexOfAnyInRange('0', '9');
        return digit < 0 ? version : version[digit..];
    }

    private static ReadOnlySpan<char> Next(ref ReadOnlySpan<char> text)
    {
        while (text.Length > 0 && !char.IsAsciiLetterOrDigit(text[0])) text = text[1..];
        if (text.IsEmpty) return [];
        var isNumber = char.IsAsciiDigit(text[0]);
        var length = 1;
        while (length < text.Length && (isNumber ? char.IsAsciiDigit(text[length]) : char.IsAsciiLetter(text[length]))) length++;
        var token = text[..length];
        text = text[length..];
        return token;
    }

    private static int CompareTokens(ReadOnlySpan<char> a, ReadOnlySpan<char> b)
    {
        var (first, second) = (Rank(a), Rank(b));
        if (first != second) return first - second;
        return first switch
        {
            End => 0,
            Number => VersionOrder.CompareNumbers(a, b),
            _ => a.CompareTo(b, StringComparison.OrdinalIgnoreCase),
        };
    }

    /// <summary>A missing number is a zero: 1.0 is 1.0.0.</summary>
    private static int Rank(ReadOnlySpan<char> token) => token switch
    {
        [] => End,
        [var c, ..] when char.IsAsciiDigit(c) => token.TrimStart('0').IsEmpty ? End : Number,
        _ => RankOfWord(token),
    };

    private static int RankOfWord(ReadOnlySpan<char> word)
    {
        string[] before = ["dev", "alpha", "beta", "pre", "preview", "rc"];
        foreach (var (index, known) in before.Index())
            if (word.Equals(known, StringComparison.OrdinalIgnoreCase)) return index - before.Length;
        return Word;
    }
}
