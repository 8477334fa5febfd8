using System.Text.RegularExpressions;
using Strata.Core;

namespace Strata.Cli.Layers;

/// <summary>The file conf/bblayers.conf as a text in which layers come and go; everything else of it stays byte by byte.</summary>
public sealed partial class LayerList(string topDirectory)
{
    public string File { get; } = Path.Combine(topDirectory, "conf", "bblayers.conf");

    public string Read() => System.IO.File.ReadAllText(File);

    /// <summary>How a layer's directory is written: relative to TOPDIR where it lies near, so that the workspace can move with it.</summary>
    public string EntryFor(string directory)
    {
        var relative = Path.GetRelativePath(topDirectory, directory);
        return relative.StartsWith("../../", StringComparison.Ordinal) ? directory : $"${{TOPDIR}}/{relative}";
    }

    /// <summary>Appends a layer to the last BBLAYERS assignment that names layers, in the form of its last entry.</summary>
    public void Add(string directory)
    {
        var text = Read();
        var entry = EntryFor(directory);
        AtomicFile.WriteAllText(File, Assignments(text) is [.., var last] ? Insert(text, last, entry) : $"{text.TrimEnd('\n')}\nBBLAYERS += \"{entry}\"\n");
    }

    /// <summary>False when no entry of the file stands for the directory.</summary>
    public bool Remove(string directory)
    {
        var text = Read();
        foreach (var assignment in Assignments(text))
        {
            var value = assignment.Groups["value"];
            foreach (var word in Word().Matches(value.Value).Where(w => DirectoryOf(w.Value) == directory))
            {
                AtomicFile.WriteAllText(File, Without(text, value.Index + word.Index, word.Length));
                return true;
            }
        }
        return false;
    }

    private string DirectoryOf(string entry) => Path.GetFullPath(entry.Replace("${TOPDIR}", topDirectory, StringComparison.Ordinal), topDirectory).TrimEnd('/');

    private static Match[] Assignments(string text) => Assignment().Matches(text).ToArray();

    private static string Insert(string text, Match assignment, string entry)
    {
        var value = assignment.Groups["value"];
        var words = Word().Matches(value.Value).ToArray();
        var isOnePerLine = value.Value.Contains("\\\n", StringComparison.Ordinal);
        if (words.Length == 0 || !isOnePerLine)
        {
            var before = value.Value.TrimEnd();
            return text[..value.Index] + (before.Length == 0 ? entry : $"{before} {entry}") + text[(value.Index + before.Length)..];
        }
        var last = words[^1];
        var lineStart = value.Value.LastIndexOf('\n', last.Index) + 1;
        var indent = lineStart == 0 ? "    " : value.Value[lineStart..last.Index];
        var end = value.Index + last.Index + last.Length;
        return $"{text[..end]} \\\n{(string.IsNullOrWhiteSpace(indent) ? indent : "    ")}{entry}{text[end..]}";
    }

    /// <summary>Takes the line with it when nothing else is on it.</summary>
    private static string Without(string text, int start, int length)
    {
        var lineStart = text.LastIndexOf('\n', start) + 1;
        var lineEnd = text.IndexOf('\n', start) is >= 0 and var found ? found + 1 : text.Length;
        var rest = text[lineStart..start] + text[(start + length)..lineEnd];
        if (rest.Trim(' ', '\t', '\n', '\\').Length == 0 && rest.Contains('\\')) return text[..lineStart] + text[lineEnd..];
        var head = text[..start].TrimEnd(' ', '\t');
        if (head.EndsWith("\\\n", StringComparison.Ordinal) && text[(start + length)..] is ['"' or '\'', ..]) return head[..^2].TrimEnd(' ', '\t') + text[(start + length)..];
        var from = start > 0 && text[start - 1] == ' ' ? start - 1 : start;
        return text[..from] + text[(start + length)..];
    }

    [GeneratedRegex("""^[ \t]*BBLAYERS(:append|:prepend)?[ \t]*(\?\?=|\?=|\+=|=\+|\.=|=\.|:=|=)[ \t]*(["'])(?<value>([^"'\\]|\\.|\\\n)*)\3""", RegexOptions.Multiline)]
    private static partial Regex Assignment();

    [GeneratedRegex(@"[^\s\\]+")]
    private static partial Regex Word();
}
