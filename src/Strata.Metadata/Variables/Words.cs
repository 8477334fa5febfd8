namespace Strata.Metadata;

/// <summary>Lists of words as Python splits them.</summary>
internal static class Words
{
    public static string[] Of(string? text) => text is null ? [] : text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Words and single blanks in turn; joined again they give the text.</summary>
    public static IEnumerable<string> SplitKeepingBlanks(string text)
    {
        var start = 0;
        for (var at = 0; at < text.Length; at++)
        {
            if (!char.IsWhiteSpace(text[at])) continue;
            if (at > start) yield return text[start..at];
            yield return text[at..(at + 1)];
            start = at + 1;
        }
        if (start < text.Length) yield return text[start..];
    }
}
