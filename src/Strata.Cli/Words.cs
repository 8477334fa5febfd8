namespace Strata.Cli;

/// <summary>Variables that are lists of words, split at any white space; an unset one is empty.</summary>
internal static class Words
{
    public static string[] Of(string? text) => text?.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries) ?? [];
}
