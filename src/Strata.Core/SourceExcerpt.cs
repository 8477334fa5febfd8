namespace Strata.Core;

/// <summary>The line of a file that a message is about, with a caret below the place.</summary>
internal static class SourceExcerpt
{
    private const int Widest = 120;

    /// <summary>Null if the place is a whole file, or the file cannot be read.</summary>
    public static string? Of(SourceSpan place, SourceLines lines) =>
        !place.IsNowhere && place.Line > 0 && lines.Find(place.File, place.Line) is { } line ? Print(line, place) : null;

    private static string Print(string line, SourceSpan place)
    {
        var column = Math.Clamp(place.Column - 1, 0, line.Length);
        var start = line.Length <= Widest ? 0 : Math.Max(0, column - (Widest / 2));
        var shown = Harmless(line.AsSpan(start, Math.Min(Widest, line.Length - start)));
        var text = $"{(start > 0 ? "…" : "")}{shown}{(start + shown.Length < line.Length ? "…" : "")}";
        var numbered = $"{place.Line,5} | {text}";
        if (place.Column == 0) return numbered;

        var before = (start > 0 ? " " : "") + string.Concat(shown.Take(column - start).Select(c => c == '\t' ? '\t' : ' '));
        return $"{numbered}\n      | {before}^";
    }

    /// <summary>A file must not be able to steer the terminal.</summary>
    private static string Harmless(ReadOnlySpan<char> text)
    {
        var characters = text.ToArray();
        for (var i = 0; i < characters.Length; i++)
            if (char.IsControl(characters[i]) && characters[i] != '\t') characters[i] = '·';
        return new(characters);
    }
}
