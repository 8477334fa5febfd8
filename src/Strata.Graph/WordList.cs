namespace Strata.Graph;

/// <summary>Texts that are lists of words, as most variables and flags are.</summary>
internal static class WordList
{
    private static readonly char[] s_blanks = [' ', '\t', '\n', '\r', '\f', '\v'];

    /// <summary>The text split at white space.</summary>
    public static string[] Of(string? text) => text?.Split(s_blanks, StringSplitOptions.RemoveEmptyEntries) ?? [];
}
