using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Strata.Metadata.Expressions;

/// <summary>A Python pattern as .NET patterns. Groups keep Python's numbers, which .NET would count differently.</summary>
internal sealed class Pattern
{
    public const int IgnoreCase = 2, MultiLine = 8, DotAll = 16, Verbose = 64, Ascii = 256;

    private static readonly BoundedCache<(string, int), Pattern> s_cache = new(1_024, EqualityComparer<(string, int)>.Default);
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10);

    private Pattern(string pattern, int flags)
    {
        var translated = Translate(pattern, flags);
        var options = RegexOptions.CultureInvariant
            | ((flags & IgnoreCase) != 0 ? RegexOptions.IgnoreCase : 0) | ((flags & MultiLine) != 0 ? RegexOptions.Multiline : 0)
            | ((flags & DotAll) != 0 ? RegexOptions.Singleline : 0) | ((flags & Verbose) != 0 ? RegexOptions.IgnorePatternWhitespace : 0);
        try
        {
            Anywhere = new(translated, options, s_patience);
            AtStart = new($@"\G(?:{translated}{((flags & Verbose) != 0 ? "\n" : "")})", options, s_patience);
            Whole = new($@"\G(?:{translated}{((flags & Verbose) != 0 ? "\n" : "")})\z", options, s_patience);
        }
        catch (ArgumentException exception)
        {
            throw new ExpressionException("error", exception.Message);
        }
    }

    public Regex Anywhere { get; }

    public Regex AtStart { get; }

    public Regex Whole { get; }

    public int GroupCount { get; private set; }

    public Dictionary<string, int> GroupNames { get; } = new(StringComparer.Ordinal);

    public static Pattern Compile(string pattern, int flags) => s_cache.Get((pattern, flags), key => new(key.Item1, key.Item2));

    private string Translate(string pattern, int flags)
    {
        if ((flags & ~(IgnoreCase | MultiLine | DotAll | Verbose | Ascii)) != 0) throw Fail.Unsupported("these flags of 're'");
        var result = new StringBuilder();
        for (var at = 0; at < pattern.Length; at++)
        {
            var rest = pattern.AsSpan(at);
            if (rest[0] == '\\') at += Escape(rest, result, inClass: false) - 1;
            else if (rest[0] == '[') at += Class(rest, result) - 1;
            else if (rest[0] == '(') at += Group(pattern, at, result) - 1;
            else if (rest.StartsWith("{,", StringComparison.Ordinal) && rest.Length > 2 && char.IsAsciiDigit(rest[2])) result.Append("{0");
            else if (rest[0] is '*' or '+' or '?' or '}' && rest.Length > 1 && rest[1] == '+') throw Fail.Unsupported("a possessive quantifier");
            else result.Append(rest[0]);
        }
        return result.ToString();
    }

    private static int Escape(ReadOnlySpan<char> rest, StringBuilder result, bool inClass)
    {
        if (rest.Length < 2) throw new ExpressionException("error", "bad escape (end of pattern)");
        switch (rest[1])
        {
            case 'Z' when !inClass:
                result.Append(@"\z");
                return 2;

            // Python's classes are those of its strings; beyond ASCII, .NET's differ in small ways nobody relies on.
            case 'A' or 'b' or 'B' or 'd' or 'D' or 's' or 'S' or 'w' or 'W' or 'a' or 'f' or 'n' or 'r' or 't' or 'v' or 'x' or 'u' or (>= '0' and <= '9'):
                result.Append(rest[..2]);
                return 2;
            case var c when char.IsAsciiLetter(c):
                throw new ExpressionException("error", $"bad escape \\{c}");
            default:
                result.Append(Regex.Escape(rest[1].ToString()) is ['\\', ..] escaped ? escaped : rest[1] is ']' or '}' or '-' or '&' or '~' ? $"\\{rest[1]}" : rest[1].ToString());
                return 2;
        }
    }

    private static int Class(ReadOnlySpan<char> rest, StringBuilder result)
    {
        result.Append('[');
        var at = 1;
        if (rest.Length > at && rest[at] == '^') result.Append(rest[at++]);
        for (var first = true; at < rest.Length; first = false)
        {
            if (rest[at] == ']' && !first)
            {
                result.Append(']');
                return at + 1;
            }
            if (rest[at] == '\\') at += Escape(rest[at..], result, inClass: true);

            // Inside a class, .NET would take "-[" for a subtraction, and a leading "]" for its end.
            else if (rest[at] is '[' or ']') result.Append('\\').Append(rest[at++]);
            else result.Append(rest[at++]);
        }
        throw new ExpressionException("error", "unterminated character set");
    }

    private int Group(string pattern, int at, StringBuilder result)
    {
        var rest = pattern.AsSpan(at);
        if (!rest.StartsWith("(?", StringComparison.Ordinal))
        {
            result.Append(CultureInfo.InvariantCulture, $"(?<{++GroupCount}>");
            return 1;
        }
        if (rest.StartsWith("(?P<", StringComparison.Ordinal) && rest.IndexOf('>') is > 0 and var end)
        {
            GroupNames[rest[4..end].ToString()] = ++GroupCount;
            result.Append(CultureInfo.InvariantCulture, $"(?<{GroupCount}>");
            return end + 1;
        }
        if (rest.StartsWith("(?P=", StringComparison.Ordinal) && rest.IndexOf(')') is > 0 and var close)
        {
            var number = GroupNames.TryGetValue(rest[4..close].ToString(), out var known) ? known : throw new ExpressionException("error", "unknown group name");
            result.Append(CultureInfo.InvariantCulture, $@"\k<{number}>");
            return close + 1;
        }
        if (rest.StartsWith("(?#", StringComparison.Ordinal)) return rest.IndexOf(')') + 1 is > 0 and var length ? length : throw new ExpressionException("error", "missing ), unterminated comment");
        if (rest.Length > 2 && (rest[2] is ':' or '=' or '!' || rest.StartsWith("(?<=", StringComparison.Ordinal) || rest.StartsWith("(?<!", StringComparison.Ordinal)))
        {
            result.Append("(?");
            return 2;
        }

        // Python takes flags at the start only, where they hold for all.
        if (at == 0 && rest.IndexOf(')') is > 2 and var flags && rest[2..flags].IndexOfAnyExcept("ims") < 0)
        {
            result.Append(rest[..(flags + 1)]);
            return flags + 1;
        }
        throw Fail.Unsupported($"'{rest[..Math.Min(rest.Length, 4)]}' in a pattern");
    }
}
