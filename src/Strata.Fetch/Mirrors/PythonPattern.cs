using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Strata.Fetch;

/// <summary>
/// A regular expression in Python's notation. Python numbers groups by their position, whether they have names or not; .NET numbers
/// named ones last. So all of them lose their names here, and what the names stood for is remembered.
/// </summary>
public sealed class PythonPattern
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(1);

    private readonly Dictionary<string, int> _names = new(StringComparer.Ordinal);
    private readonly Regex _regex;

    /// <exception cref="RegexParseException">It is no regular expression.</exception>
    public PythonPattern(string text) => _regex = new(Translate(text), RegexOptions.CultureInvariant, s_patience);

    /// <summary>Python's re.match: from the start, not necessarily to the end.</summary>
    public bool Matches(string text)
    {
        try { return _regex.Match(text) is { Success: true, Index: 0 }; }
        catch (RegexMatchTimeoutException) { return false; }
    }

    /// <summary>Python's re.sub with count=1: <c>\1</c>, <c>\g&lt;1&gt;</c> and <c>\g&lt;name&gt;</c> stand for groups.</summary>
    public string ReplaceFirst(string text, string template) => _regex.Replace(text, match => Expand(template, match), count: 1);

    private string Expand(string template, Match match)
    {
        var text = new StringBuilder();
        for (var i = 0; i < template.Length; i++)
        {
            if (template[i] != '\\' || i + 1 == template.Length) text.Append(template[i]);
            else if (char.IsAsciiDigit(template[++i])) text.Append(match.Groups[template[i] - '0'].Value);
            else if (template.AsSpan(i) is ['g', '<', ..] rest && rest.IndexOf('>') is > 0 and var end)
            {
                text.Append(match.Groups[NumberOf(rest[2..end].ToString())].Value);
                i += end;
            }
            else text.Append(template[i]);
        }
        return text.ToString();
    }

    /// <summary>A group that does not exist is empty.</summary>
    private int NumberOf(string group) =>
        int.TryParse(group, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : _names.GetValueOrDefault(group, int.MaxValue);

    private string Translate(string pattern)
    {
        var text = new StringBuilder();
        var (groups, inClass) = (0, false);
        for (var i = 0; i < pattern.Length; i++)
        {
            var rest = pattern.AsSpan(i);
            if (rest is ['\\', _, ..])
            {
                text.Append(rest[..2]);
                i++;
                continue;
            }
            if (!inClass && rest.StartsWith("(?P<") && rest.IndexOf('>') is > 0 and var end)
            {
                _names[rest[4..end].ToString()] = ++groups;
                text.Append('(');
                i += end;
                continue;
            }
            if (!inClass && rest.StartsWith("(?P=") && rest.IndexOf(')') is > 0 and var close)
            {
                text.Append(CultureInfo.InvariantCulture, $"(?:\\{NumberOf(rest[4..close].ToString())})");
                i += close;
                continue;
            }
            if (!inClass && rest is ['(', not '?', ..]) groups++;
            inClass = rest[0] switch { '[' => true, ']' => false, _ => inClass };
            text.Append(rest[0]);
        }
        return text.ToString();
    }
}
