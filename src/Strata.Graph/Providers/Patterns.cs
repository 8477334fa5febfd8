using System.Text.RegularExpressions;

namespace Strata.Graph.Providers;

/// <summary>Regular expressions that users write; they match at the start of a name.</summary>
internal static class Patterns
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(1);

    /// <summary>Null if the text is no regular expression.</summary>
    public static Regex? TryCompile(string pattern)
    {
        try { return new Regex($@"\A(?:{pattern})", RegexOptions.CultureInvariant, s_patience); }
        catch (ArgumentException) { return null; }
    }
}
