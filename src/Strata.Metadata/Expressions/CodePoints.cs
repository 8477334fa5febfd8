using System.Text;

namespace Strata.Metadata.Expressions;

/// <summary>Python's strings are made of code points, .NET's of UTF-16 units; here the two meet.</summary>
internal static class CodePoints
{
    /// <summary>The order of code points, which surrogates would otherwise disturb.</summary>
    public static IComparer<string> Order { get; } = Comparer<string>.Create(Compare);

    public static bool AreUnits(string text) => text.AsSpan().IndexOfAnyInRange('\uD800', '\uDFFF') < 0;

    public static int Length(string text) => AreUnits(text) ? text.Length : Split(text).Length;

    public static string[] Split(string text)
    {
        if (AreUnits(text)) return [.. text.Select(c => c.ToString())];
        var items = new List<string>(text.Length);
        for (var at = 0; at < text.Length; at++)
            if (char.IsHighSurrogate(text[at]) && at + 1 < text.Length && char.IsLowSurrogate(text[at + 1])) items.Add(text.Substring(at++, 2));
            else items.Add(text[at].ToString());
        return [.. items];
    }

    /// <summary>The index in UTF-16 units of the code point with this index.</summary>
    public static int ToUnits(string text, int index)
    {
        if (AreUnits(text)) return Math.Min(index, text.Length);
        return Split(text).Take(index).Sum(p => p.Length);
    }

    /// <summary>The index of the code point that starts at this unit.</summary>
    public static int FromUnits(string text, int unit) => unit < 0 ? unit : Length(text[..unit]);

    public static int Compare(string? left, string? right)
    {
        var (a, b) = (left!, right!);
        var common = a.AsSpan().CommonPrefixLength(b);
        if (common == a.Length || common == b.Length) return a.Length.CompareTo(b.Length);
        return Rank(a[common]).CompareTo(Rank(b[common]));

        static int Rank(char c) => c >= 0xE000 ? c - 0x800 : c >= 0xD800 ? c + 0x2000 : c;
    }

    /// <summary>White space as Python's <c>str.split</c> sees it.</summary>
    public static bool IsSpace(char c) => char.IsWhiteSpace(c) || c is >= '\x1c' and <= '\x1f';

    /// <summary>The next word at or after a place, or an empty span at the end. Moves the place behind it.</summary>
    public static ReadOnlySpan<char> NextWord(ReadOnlySpan<char> text, ref int at)
    {
        while (at < text.Length && IsSpace(text[at])) at++;
        var start = at;
        while (at < text.Length && !IsSpace(text[at])) at++;
        return text[start..at];
    }

    public static List<string> Words(string text)
    {
        var words = new List<string>();
        var at = 0;
        while (NextWord(text, ref at) is { IsEmpty: false } word) words.Add(word.ToString());
        return words;
    }

    public static string Repeat(string text, int count) => new StringBuilder(text.Length * count).Insert(0, text, count).ToString();
}
