using System.Text;

namespace Strata.Cli.Answers;

/// <summary>Rows of cells in columns two blanks apart, as wide as their widest cell; the last column is never padded.</summary>
internal static class TextTable
{
    public static string Of(IEnumerable<string[]> rows)
    {
        var all = rows.ToArray();
        var widths = Enumerable.Range(0, all.Select(r => r.Length).DefaultIfEmpty().Max()).Select(i => all.Max(r => i < r.Length ? r[i].Length : 0)).ToArray();
        var text = new StringBuilder();
        foreach (var row in all)
            _ = text.Append(string.Join("  ", row.Select((cell, i) => cell.PadRight(widths[i]))).TrimEnd()).Append('\n');
        return text.ToString();
    }
}
