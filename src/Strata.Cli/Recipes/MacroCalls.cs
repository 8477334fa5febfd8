using System.Text.RegularExpressions;

namespace Strata.Cli.Recipes;

/// <summary>Calls such as <c>NAME(a, b)</c> in texts for Autoconf, CMake and Meson, read without running anything.</summary>
internal static class MacroCalls
{
    /// <summary>The arguments of each call as one text, in the order of the file; comments must be gone.</summary>
    public static IEnumerable<(string Name, string Arguments)> Of(string text, string names, RegexOptions options = RegexOptions.None)
    {
        foreach (Match call in Regex.Matches(text, $@"(?<![\w-])({names})\s*\(", options | RegexOptions.CultureInvariant))
        {
            var start = call.Index + call.Length;
            var (depth, at) = (1, start);
            for (; at < text.Length && depth > 0; at++)
                if (text[at] == '(') depth++;
                else if (text[at] == ')') depth--;
            yield return (call.Groups[1].Value, text[start..(depth == 0 ? at - 1 : at)]);
        }
    }

    /// <summary>Split at the commas of the outermost level; quotes, brackets and blanks around each are gone.</summary>
    public static string[] Split(string arguments)
    {
        var parts = new List<string>();
        var (depth, start) = (0, 0);
        for (var at = 0; at <= arguments.Length; at++)
        {
            var c = at == arguments.Length ? ',' : arguments[at];
            if (c is '(' or '[') depth++;
            else if (c is ')' or ']') depth--;
            else if (c is ',' && (depth == 0 || at == arguments.Length))
            {
                parts.Add(arguments[start..at].Trim().Trim('[', ']', '\'', '"').Trim());
                start = at + 1;
            }
        }
        return [.. parts];
    }

    public static string WithoutComments(string text, string sign) =>
        string.Join('\n', text.Split('\n').Select(l => l.IndexOf(sign, StringComparison.Ordinal) is >= 0 and var at ? l[..at] : l));
}
