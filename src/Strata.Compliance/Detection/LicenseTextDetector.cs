using System.Collections.Immutable;
using System.Text;

namespace Strata.Compliance;

/// <summary>Says which well-known licence a text is, from words that no other has. A proposal for a person to review, never a conclusion.</summary>
public static class LicenseTextDetector
{
    private static readonly ImmutableArray<Entry> s_entries = Read();

    /// <summary>An SPDX identifier; null when the text is none of those that are known.</summary>
    /// <param name="orLater">Whether the sources allow later versions: licences of GNU do not say that themselves.</param>
    public static string? Identify(string text, bool orLater = false)
    {
        var words = Normalize(text);
        return s_entries.FirstOrDefault(e => e.Fits(words)) switch
        {
            null => null,
            { IsOfGnu: true } entry => entry.Id + (orLater ? "-or-later" : "-only"),
            var entry => entry.Id,
        };
    }

    /// <summary>Whether a notice at the head of a source allows later versions of its licence.</summary>
    public static bool AllowsLater(string text) => Normalize(text) is var words
        && (words.Contains("any later version", StringComparison.Ordinal) || words.Contains("or later", StringComparison.Ordinal)) && words.Contains("general public license", StringComparison.Ordinal);

    /// <summary>Letters and digits in lower case; everything else is one blank.</summary>
    private static string Normalize(string text)
    {
        var words = new StringBuilder(text.Length);
        foreach (var c in text)
            if (char.IsAsciiLetterOrDigit(c)) words.Append(char.ToLowerInvariant(c));
            else if (words.Length > 0 && words[^1] != ' ') words.Append(' ');
        return words.ToString();
    }

    private static ImmutableArray<Entry> Read()
    {
        using var reader = new StreamReader(typeof(LicenseTextDetector).Assembly.GetManifestResourceStream("license-texts.txt")!);
        return [.. reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(l => l[0] != '#').Select(l => Entry.Of(l.Split('|')))];
    }

    private sealed record Entry(string Id, bool IsOfGnu, ImmutableArray<string> Present, ImmutableArray<string> Absent)
    {
        public static Entry Of(string[] fields) => new(
            fields[0].TrimEnd('+'), fields[0].EndsWith('+'),
            [.. fields.Skip(1).Where(f => f[0] != '!')], [.. fields.Skip(1).Where(f => f[0] == '!').Select(f => f[1..])]);

        public bool Fits(string words) =>
            Present.All(p => words.Contains(p, StringComparison.Ordinal)) && !Absent.Any(a => words.Contains(a, StringComparison.Ordinal));
    }
}
