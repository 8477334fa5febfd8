using System.Text.RegularExpressions;

namespace Strata.Compliance;

/// <summary>Finds SPDX tags and copyright notices in the text of a source file, free of comment signs.</summary>
internal static partial class NoticeReader
{
    /// <summary>Characters of a notice; what is longer is prose or data that only looks like one.</summary>
    private const int MaxLength = 300;

    private static readonly string[] s_closings = ["*/", "-->"];

    private const string Tag = "SPDX-License-Identifier:";

    /// <summary>A quick look at the bytes: most files have neither.</summary>
    public static bool MayHaveNotice(ReadOnlySpan<byte> bytes) =>
        bytes.IndexOf("opyright"u8) >= 0 || bytes.IndexOf("COPYRIGHT"u8) >= 0 || bytes.IndexOf("SPDX-License-Identifier:"u8) >= 0;

    public static List<Notice> Read(ReadOnlySpan<char> text)
    {
        var notices = new List<Notice>();
        foreach (var range in text.Split('\n'))
            if (ReadLine(text[range]) is { Text.Length: > 0 and <= MaxLength } notice) notices.Add(notice);
        return notices;
    }

    private static Notice ReadLine(ReadOnlySpan<char> line)
    {
        var tag = line.IndexOf(Tag, StringComparison.Ordinal);
        if (tag >= 0) return new(true, WithoutComment(line[(tag + Tag.Length)..]));
        foreach (var match in CopyrightNotice().EnumerateMatches(line)) return new(false, WithoutComment(line[match.Index..]));
        return default;
    }

    /// <summary>Trims the end of a comment, and blanks in rows.</summary>
    private static string WithoutComment(ReadOnlySpan<char> text)
    {
        foreach (var close in s_closings)
            if (text.IndexOf(close, StringComparison.Ordinal) is >= 0 and var end) text = text[..end];
        return Blanks().Replace(text.Trim().TrimEnd("*#;\"'\\").Trim().ToString(), " ");
    }

    /// <summary>The word, then a sign or a year: "copyright holders" in a licence text is no notice.</summary>
    [GeneratedRegex(@"\b(Copyright|COPYRIGHT)\b\s*:?\s*(\([cC]\)|©|[12][0-9]{3})", RegexOptions.CultureInvariant)]
    private static partial Regex CopyrightNotice();

    [GeneratedRegex(@"\s+", RegexOptions.CultureInvariant)]
    private static partial Regex Blanks();
}
