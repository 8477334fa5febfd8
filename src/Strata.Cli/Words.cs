namespace Strata.Cli;

/// <summary>Variables that are lists of words, split at any white space; an unset one is empty.</summary>
internal static class Words
{
    public static string[] Of(string? text) => text?.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries) ?? [];

    /// <summary>Whether a variable that switches something says yes.</summary>
    public static bool AreYes(string? text) => text is not (null or "" or "0" or "no" or "false");
}
