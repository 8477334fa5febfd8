using System.Text;
using System.Text.RegularExpressions;
using Strata.Metadata.Evaluation;

namespace Strata.Metadata.Layers;

/// <summary>Entries of BBFILES: a file, a directory (everything below it), or a shell pattern; what they match, by code point.</summary>
internal static class FilePattern
{
    private static readonly string[] s_skipped = ["SCCS", "CVS", ".svn"];

    public static IEnumerable<string> Match(string pattern, MetadataFiles files)
    {
        if (Directory.Exists(pattern)) return FilesBelow(pattern, files).Order(StringComparer.Ordinal);
        if (!HasMagic(pattern)) return files.Exists(pattern) ? [pattern] : [];
        return MatchParts(pattern, files).Order(StringComparer.Ordinal);
    }

    private static IEnumerable<string> FilesBelow(string directory, MetadataFiles files)
    {
        files.NoteInput(directory);
        foreach (var file in Directory.EnumerateFiles(directory))
            if (file.EndsWith(".bb", StringComparison.Ordinal) || file.EndsWith(".bbappend", StringComparison.Ordinal)) yield return file;
        foreach (var below in Directory.EnumerateDirectories(directory).Where(d => !s_skipped.Contains(Path.GetFileName(d))))
            foreach (var file in FilesBelow(below, files)) yield return file;
    }

    /// <summary>One directory level after the other; text before the first pattern is taken as it is, so that paths stay as they were written.</summary>
    private static IEnumerable<string> MatchParts(string pattern, MetadataFiles files)
    {
        IEnumerable<string> found = [pattern.StartsWith('/') ? "/" : ""];
        var parts = pattern.Split('/', StringSplitOptions.RemoveEmptyEntries);
        for (var i = 0; i < parts.Length; i++)
        {
            var (part, isLast) = (parts[i], i == parts.Length - 1);
            found = HasMagic(part) ? found.SelectMany(d => Enter(d, part, isLast, files)).ToArray()
                : isLast ? found.Select(d => Path.Combine(d, part)).Where(files.Exists)
                : found.Select(d => Path.Combine(d, part));
        }
        return found;
    }

    private static IEnumerable<string> Enter(string directory, string part, bool isLast, MetadataFiles files)
    {
        files.NoteInput(directory);
        if (!Directory.Exists(directory)) return [];
        var regex = Translate(part);
        var entries = isLast ? Directory.EnumerateFileSystemEntries(directory) : Directory.EnumerateDirectories(directory);
        return entries.Where(e => Path.GetFileName(e) is var name && (name[0] != '.' || part[0] == '.') && regex.IsMatch(name));
    }

    private static bool HasMagic(string text) => text.AsSpan().ContainsAny('*', '?', '[');

    private static Regex Translate(string part)
    {
        var regex = new StringBuilder(@"\A");
        for (var i = 0; i < part.Length; i++)
        {
            var close = part[i] == '[' ? part.IndexOf(']', Math.Min(i + 2, part.Length)) : -1;
            if (close > 0)
            {
                var set = part[(i + 1)..close].Replace(@"\", @"\\", StringComparison.Ordinal);
                _ = regex.Append('[').Append(set.StartsWith('!') ? "^" + set[1..] : set.StartsWith('^') ? "\\" + set : set).Append(']');
                i = close;
            }
            else
            {
                _ = regex.Append(part[i] switch { '*' => ".*", '?' => ".", var c => Regex.Escape(c.ToString()) });
            }
        }
        return new(regex.Append(@"\z").ToString(), RegexOptions.Singleline | RegexOptions.CultureInvariant);
    }
}
