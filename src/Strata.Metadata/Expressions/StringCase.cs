using System.Globalization;
using System.Text;

namespace Strata.Metadata.Expressions;

/// <summary>The methods of strings about letter case and kinds of characters.</summary>
internal static class StringCase
{
    public static IEnumerable<KeyValuePair<string, Method>> Methods { get; } = new Dictionary<string, Method>(StringComparer.Ordinal)
    {
        ["capitalize"] = (self, a) => Of(self, a) is { Length: > 0 } text ? CodePoints.Split(text) is var points ? Upper(points[0]) + Lower(string.Concat(points.Skip(1))) : "" : "",
        ["casefold"] = (self, a) => System.Text.Ascii.IsValid(Of(self, a)) ? Lower((string)self) : throw Fail.Unsupported("casefold beyond ASCII"),
        ["isalnum"] = (self, a) => All(Of(self, a), r => Rune.IsLetter(r) || IsNumeric(r)),
        ["isalpha"] = (self, a) => All(Of(self, a), Rune.IsLetter),
        ["isascii"] = (self, a) => System.Text.Ascii.IsValid(Of(self, a)),
        ["isdecimal"] = (self, a) => All(Of(self, a), Rune.IsDigit),
        ["isdigit"] = (self, a) => All(Of(self, a), IsDigit),
        ["isidentifier"] = (self, a) => IsIdentifier(Of(self, a)),
        ["islower"] = (self, a) => Cased(Of(self, a), Rune.IsLower, Rune.IsUpper),
        ["isnumeric"] = (self, a) => All(Of(self, a), IsNumeric),
        ["isprintable"] = (self, a) => CodePoints.Split(Of(self, a)).All(Texts.IsPrintable),
        ["isspace"] = (self, a) => Of(self, a) is { Length: > 0 } text && text.All(CodePoints.IsSpace),
        ["istitle"] = (self, a) => IsTitle(Of(self, a)),
        ["isupper"] = (self, a) => Cased(Of(self, a), Rune.IsUpper, Rune.IsLower),
        ["lower"] = (self, a) => Lower(Of(self, a)),
        ["swapcase"] = (self, a) => string.Concat(CodePoints.Split(Of(self, a)).Select(p => Rune.IsUpper(First(p)) ? Lower(p) : Upper(p))),
        ["title"] = (self, a) => Title(Of(self, a)),
        ["upper"] = (self, a) => Upper(Of(self, a)),
    };

    private static string Of(object self, CallArguments arguments)
    {
        _ = arguments.Positional(0, 0);
        return (string)self;
    }

    private static Rune First(string point) => Rune.TryGetRuneAt(point, 0, out var rune) ? rune : Rune.ReplacementChar;

    private static bool All(string text, Func<Rune, bool> test) => text.Length > 0 && text.EnumerateRunes().All(test);

    private static bool All(this StringRuneEnumerator runes, Func<Rune, bool> test)
    {
        foreach (var rune in runes)
            if (!test(rune)) return false;
        return true;
    }

    private static bool IsDigit(Rune rune) => Rune.IsDigit(rune) || (!rune.IsAscii && CharUnicodeInfo.GetDigitValue(rune.ToString(), 0) >= 0);

    private static bool IsNumeric(Rune rune) => Rune.IsDigit(rune) || (!rune.IsAscii && CharUnicodeInfo.GetNumericValue(rune.ToString(), 0) >= 0);

    private static bool IsIdentifier(string text) =>
        text.Length > 0 && (text[0] == '_' || char.IsLetter(text[0])) && text.All(c => c == '_' || char.IsLetterOrDigit(c));

    private static bool Cased(string text, Func<Rune, bool> wanted, Func<Rune, bool> refused)
    {
        var found = false;
        foreach (var rune in text.EnumerateRunes())
        {
            if (refused(rune)) return false;
            found |= wanted(rune);
        }
        return found;
    }

    private static bool IsTitle(string text)
    {
        var (found, inWord) = (false, false);
        foreach (var rune in text.EnumerateRunes())
        {
            if (Rune.IsUpper(rune) == inWord && (Rune.IsUpper(rune) || Rune.IsLower(rune))) return false;
            found |= inWord = Rune.IsUpper(rune) || Rune.IsLower(rune);
        }
        return found;
    }

    private static string Title(string text)
    {
        var result = new StringBuilder();
        var inWord = false;
        foreach (var point in CodePoints.Split(text))
        {
            result.Append(inWord ? Lower(point) : Upper(point));
            inWord = Rune.IsUpper(First(point)) || Rune.IsLower(First(point));
        }
        return result.ToString();
    }

    /// <summary>Letters whose other case is more than one letter, or depends on its neighbours, are refused rather than got wrong.</summary>
    private static string Upper(string text)
    {
        foreach (var c in text)
            if (c is 'ß' or 'ŉ' or 'ǰ' or 'ΐ' or 'ΰ' or 'և' or (>= '\u01C4' and <= '\u01CC') or (>= '\u01F1' and <= '\u01F3') or (>= '\u1E96' and <= '\u1E9E') or (>= '\u1F50' and <= '\u1FFF') or (>= '\uFB00' and <= '\uFB17'))
                throw Fail.Unsupported($"the upper case of '{c}'");
        return text.ToUpperInvariant();
    }

    private static string Lower(string text)
    {
        foreach (var c in text)
            if (c is 'Σ' or 'İ') throw Fail.Unsupported($"the lower case of '{c}'");
        return text.ToLowerInvariant();
    }
}
