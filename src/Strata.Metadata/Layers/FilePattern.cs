using System.Text;
using System.Text.RegularExpressions;
using Strata.Core;
using Strata.Metadata.Evaluation;

namespace Strata.Metadata.Layers;

/// <summary>Entries of BBFILES: a file, a directory (everything below it), or a shell pattern; what they match, by code point.</summary>
internal static class FilePattern
{
    /// <summary>Links to directories above multiply what a pattern of several levels leads to.</summary>
    private const int MostHits = 50_000;

    private static readonly string[] s_skipped = ["SCCS", "CVS", ".svn"];

    /// <param name="place">Where BBFILES is set, for messages.</param>
    /// <exception cref="MetadataException">It leads to more than any tree of layers has.</exception>
    public static IEnumerable<string> Match(string pattern, MetadataFiles files, SourceSpan place)
    {
        if (Directory.Exists(pattern)) return FilesBelow(pattern, files).Order(StringComparer.Ordinal);
        if (!HasMagic(pattern)) return files.Exists(pattern) ? [pattern] : [];
        return MatchParts(pattern, files, place).Order(StringComparer.Ordinal);
    }

    /// <summary>Links to directories are not followed.</summary>
    private static IEnumerable<string> FilesBelow(string directory, MetadataFiles files)
    {
        files.NoteInput(directory);
        foreach (var file in Directory.EnumerateFiles(directory))
            if (file.EndsWith(".bb", StringComparison.Ordinal) || file.EndsWith(".bbappend", StringComparison.Ordinal)) yield return file;
        foreach (var below in Directory.EnumerateDirectories(directory).Where(d => !s_skipped.Contains(Path.GetFileName(d)) && !IsLink(d)))
            foreach (var file in FilesBelow(below, files)) yield return file;
    }

    private static bool IsLink(string directory) => File.GetAttributes(directory).HasFlag(FileAttributes.ReparsePoint);

    /// <summary>One directory level after the other; text before the first pattern is taken as it is, so that paths stay as they were written.</summary>
    private static IEnumerable<string> MatchParts(string pattern, MetadataFiles files, SourceSpan place)
    {
        IEnumerable<string> found = [pattern.StartsWith('/') ? "/" : ""];
        var parts = pattern.Split('/', StringSplitOptions.RemoveEmptyEntries);
        for (var i = 0; i < parts.Length; i++)
        {
            var (part, isLast) = (parts[i], i == parts.Length - 1);
            found = HasMagic(part) ? found.SelectMany(d => Enter(d, part, isLast, files)).Take(MostHits + 1).ToArray()
                : isLast ? found.Select(d => Path.Combine(d, part)).Where(files.Exists)
                : found.Select(d => Path.Combine(d, part));
            if (found is string[] { Length: > MostHits }) throw new MetadataException(MetadataRules.PatternTooWide(place, pattern, MostHits));
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
        var backtracking = part.Count(c => c == '*') < 3 ? RegexOptions.None : RegexOptions.NonBacktracking;   // slower to make, but linear
        return new(regex.Append(@"\z").ToString(), RegexOptions.Singleline | RegexOptions.CultureInvariant | backtracking);
    }
}
