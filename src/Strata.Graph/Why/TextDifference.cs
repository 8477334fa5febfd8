namespace Strata.Graph.Why;

/// <summary>Shows where two texts begin to differ.</summary>
internal static class TextDifference
{
    private const int ShownLines = 4;
    private const int ShownCharacters = 160;

    /// <summary>The first differing lines of both, each behind its number and a sign; words instead of lines where both are one line.</summary>
    public static string Between(string before, string after)
    {
        var (old, now) = (before.Split('\n'), after.Split('\n'));
        if (old.Length == 1 && now.Length == 1) return Words(before, after);

        var start = old.Zip(now).TakeWhile(p => p.First == p.Second).Count();
        var end = old.Reverse().Zip(now.Reverse()).TakeWhile(p => p.First == p.Second).Count();
        end = Math.Min(end, Math.Min(old.Length, now.Length) - start);
        var lines = Marked('-', old[start..^end], start).Concat(Marked('+', now[start..^end], start));
        return string.Join('\n', lines);
    }

    private static IEnumerable<string> Marked(char sign, string[] lines, int start)
    {
        foreach (var (line, i) in lines.Take(ShownLines).Select((l, i) => (l, i))) yield return $"  {sign} line {start + i + 1}: {Cut(line)}";
        if (lines.Length > ShownLines) yield return $"  {sign} … {lines.Length - ShownLines} more";
    }

    private static string Words(string before, string after)
    {
        var (old, now) = (before.Split(' ', StringSplitOptions.RemoveEmptyEntries), after.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        var removed = old.Except(now, StringComparer.Ordinal).ToList();
        var added = now.Except(old, StringComparer.Ordinal).ToList();
        if (removed.Count == 0 && added.Count == 0) return $"  - {Cut(before)}\n  + {Cut(after)}";
        IEnumerable<string> lines =
        [
            .. removed.Count > 0 ? [$"  - {Cut(string.Join(' ', removed))}"] : Array.Empty<string>(),
            .. added.Count > 0 ? [$"  + {Cut(string.Join(' ', added))}"] : Array.Empty<string>(),
        ];
        return string.Join('\n', lines);
    }

    private static string Cut(string line) => line.Length <= ShownCharacters ? line : $"{line[..ShownCharacters]}…";
}
