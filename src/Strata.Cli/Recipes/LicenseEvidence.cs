using System.Collections.Immutable;
using Strata.Compliance;
using Strata.Core;

namespace Strata.Cli.Recipes;

/// <summary>What sources say of their licence, and where.</summary>
/// <param name="License">For LICENSE; null when no text is one that is known.</param>
/// <param name="Files">For LIC_FILES_CHKSUM, relative to S.</param>
internal sealed record LicenseEvidence(string? License, ImmutableArray<LicenseFileEntry> Files)
{
    private static readonly string[] s_names = ["COPYING", "COPYRIGHT", "LICENCE", "LICENSE", "UNLICENSE", "MIT-LICENSE", "BSD-LICENSE"];
    private static readonly string[] s_sources = [".c", ".h", ".cc", ".cpp", ".hpp", ".cxx", ".py", ".go", ".rs"];
    private static readonly EnumerationOptions s_below = new() { RecurseSubdirectories = true, MaxRecursionDepth = 2, AttributesToSkip = FileAttributes.ReparsePoint };

    /// <summary>Sources whose heads are read.</summary>
    private const int MostSources = 60;

    /// <summary>Lines of a file's first comment.</summary>
    private const int MostLines = 80;

    /// <param name="declared">What the build file says of the licence, in SPDX's words; null when it says nothing.</param>
    public static LicenseEvidence Find(SourceTree tree, string? declared)
    {
        var files = new[] { tree.Directory, tree.Root }.Distinct(StringComparer.Ordinal).Select(Texts).FirstOrDefault(t => t.Length > 0) ?? [];
        // A text at the top that only says which part has which licence.
        if (files.Length > 0 && files.All(f => LicenseTextDetector.Identify(SourceTree.ReadAt(f)) is null))
            files = [.. files, .. Directory.EnumerateDirectories(tree.Directory).Where(IsShipped).Order(StringComparer.Ordinal).SelectMany(Texts)];
        var orLater = files.Length > 0 && Sources(tree).Any(s => LicenseTextDetector.AllowsLater(Head(s)));
        var found = files.Select(f => (File: f, License: LicenseTextDetector.Identify(SourceTree.ReadAt(f), orLater))).ToArray();

        // A directory often holds the texts of what it borrowed too; those that are known prove more.
        var known = found.Where(f => f.License is not null).ToArray();
        if (files.Length == 0) return OfComments(tree, declared);
        var licenses = known.Select(f => f.License!).Distinct(StringComparer.Ordinal).ToList();

        // The lesser licence of GNU is an addition to the other one, whose text comes along.
        if (licenses.Any(l => l.StartsWith("LGPL-3.0", StringComparison.Ordinal))) licenses.RemoveAll(l => l.StartsWith("GPL-3.0", StringComparison.Ordinal));
        return new(declared ?? (licenses.Count == 0 ? null : string.Join(" AND ", licenses)),
            [.. (known.Length > 0 ? known : found).DistinctBy(f => Digest.OfFile(f.File)).Select(f => new LicenseFileEntry(Path.GetRelativePath(tree.Directory, f.File), Digest.OfFile(f.File).Hex, null, 0, 0))]);
    }

    private static bool IsShipped(string directory) => Path.GetFileName(directory) is not ("test" or "tests" or "example" or "examples" or "contrib" or "doc" or "docs");

    private static string[] Texts(string directory) =>
    [
        .. Directory.EnumerateFiles(directory)
            .Where(f => s_names.Any(n => Path.GetFileName(f).StartsWith(n, StringComparison.OrdinalIgnoreCase)) && !s_sources.Contains(Path.GetExtension(f)))
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>No file of its own: a readme that has the text, or the first comment of a source.</summary>
    private static LicenseEvidence OfComments(SourceTree tree, string? declared)
    {
        foreach (var file in Directory.EnumerateFiles(tree.Directory, "README*").Order(StringComparer.Ordinal).Concat(Sources(tree)))
        {
            var head = s_sources.Contains(Path.GetExtension(file)) ? Head(file) : SourceTree.ReadAt(file);
            var license = LicenseTextDetector.Identify(head) ?? SpdxTag(head);
            if (license is null) continue;
            var lines = head.Split('\n').Length - 1;
            var bytes = File.ReadAllBytes(file).AsSpan()[..head.Length];
            return new(declared ?? license, [new(Path.GetRelativePath(tree.Directory, file), Digest.Of(bytes).Hex, null, 1, lines)]);
        }
        return new(declared, []);
    }

    private static string? SpdxTag(string head) =>
        SpdxList.Licenses.FirstOrDefault(id => head.Contains($"SPDX-License-Identifier: {id}\n", StringComparison.Ordinal) || head.Contains($"SPDX-License-Identifier: {id} *", StringComparison.Ordinal));

    private static IEnumerable<string> Sources(SourceTree tree) =>
        Directory.EnumerateFiles(tree.Directory, "*", s_below).Where(f => s_sources.Contains(Path.GetExtension(f)))
            .OrderBy(f => f.Count(c => c == '/')).ThenBy(f => f, StringComparer.Ordinal).Take(MostSources);

    /// <summary>The lines up to the end of the first comment, each with its line feed.</summary>
    private static string Head(string file)
    {
        var text = SourceTree.ReadAt(file);
        var (at, line) = (0, 0);
        while (line++ < MostLines && text.IndexOf('\n', at) is >= 0 and var end)
        {
            var isEnd = text.AsSpan(at, end - at).Contains("*/", StringComparison.Ordinal);
            at = end + 1;
            if (isEnd) break;
        }
        return text[..at];
    }
}
