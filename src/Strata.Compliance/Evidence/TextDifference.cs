using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace Strata.Compliance;

/// <summary>What changed between two texts, line by line, for people.</summary>
internal static class TextDifference
{
    /// <summary>Lines that are shown at most; who needs more opens the file.</summary>
    private const int MaxShown = 40;

    /// <summary>Lines on each side that are compared; beyond, everything counts as changed.</summary>
    private const int MaxCompared = 4000;

    /// <summary>Lines with - for what was there, + for what is there now, and numbers of the new text; spaces at the end count.</summary>
    public static string Of(byte[] before, byte[] after)
    {
        var (old, now) = (Lines(before), Lines(after));
        var shown = new StringBuilder();
        var count = 0;
        foreach (var (sign, line, number) in Changes(old, now))
        {
            if (++count > MaxShown) continue;
            shown.Append(CultureInfo.InvariantCulture, $"    {number,5} {sign} {line}\n");
        }
        if (count > MaxShown) shown.Append(CultureInfo.InvariantCulture, $"    … {count - MaxShown} more\n");
        return shown.ToString().TrimEnd('\n');
    }

    private static ImmutableArray<string> Lines(byte[] text) =>
        [.. (System.Text.Unicode.Utf8.IsValid(text) ? Encoding.UTF8 : Encoding.Latin1).GetString(text).TrimEnd('\n').Split('\n').Select(Printable)];

    /// <summary>A text of somebody else must not move the cursor of a terminal.</summary>
    private static string Printable(string line) => string.Concat(line.Select(c => char.IsControl(c) && c != '\t' ? '�' : c));

    /// <summary>By a longest common subsequence of what lies between the first and the last change.</summary>
    private static IEnumerable<(char Sign, string Line, int Number)> Changes(ImmutableArray<string> old, ImmutableArray<string> now)
    {
        var start = 0;
        while (start < old.Length && start < now.Length && old[start] == now[start]) start++;
        var (o, n) = (old.Length, now.Length);
        while (o > start && n > start && old[o - 1] == now[n - 1]) (o, n) = (o - 1, n - 1);
        var lengths = o - start <= MaxCompared && n - start <= MaxCompared ? CommonLengths(old.AsSpan()[start..o], now.AsSpan()[start..n]) : null;

        var (i, j) = (start, start);
        while (i < o || j < n)
            if (lengths is not null && i < o && j < n && old[i] == now[j]) (i, j) = (i + 1, j + 1);
            else if (i < o && (j == n || lengths is null || lengths[i - start + 1, j - start] >= lengths[i - start, j - start + 1])) yield return ('-', old[i++], j + 1);
            else yield return ('+', now[j++], j);
    }

    /// <summary>For each pair of places how many lines the rests have in common.</summary>
    private static ushort[,] CommonLengths(ReadOnlySpan<string> old, ReadOnlySpan<string> now)
    {
        var lengths = new ushort[old.Length + 1, now.Length + 1];
        for (var i = old.Length - 1; i >= 0; i--)
            for (var j = now.Length - 1; j >= 0; j--)
                lengths[i, j] = old[i] == now[j] ? (ushort)(lengths[i + 1, j + 1] + 1) : Math.Max(lengths[i + 1, j], lengths[i, j + 1]);
        return lengths;
    }
}
