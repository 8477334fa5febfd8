using System.Text.RegularExpressions;

namespace Strata.Metadata.Layers;

/// <summary>Regular expressions of the metadata, which are written for Python.</summary>
internal static class PythonPattern
{
    /// <summary>For one path or name.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(2);

    /// <summary>Matches at the start of the text only, as Python's <c>re.match</c>.</summary>
    /// <exception cref="ArgumentException">The pattern is not a regular expression.</exception>
    public static Regex AtStart(string pattern) => Anywhere($@"\A(?:{pattern})");

    /// <exception cref="ArgumentException">The pattern is not a regular expression.</exception>
    public static Regex Anywhere(string pattern) =>
        new(pattern.Replace("(?P<", "(?<", StringComparison.Ordinal).Replace(@"\Z", @"\z", StringComparison.Ordinal), RegexOptions.CultureInvariant, s_patience);
}
