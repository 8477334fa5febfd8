using System.Collections.Immutable;
using Strata.Metadata;

namespace Strata.Cli.Documentation;

/// <summary>What layers say about their variables, in conf/documentation.conf, and about their classes, in the comment at the head of each.</summary>
/// <param name="directories">As in BBPATH: the first that has something counts.</param>
internal sealed class LayerPages(ImmutableArray<string> directories)
{
    private static readonly string[] s_classDirectories = ["classes", "classes-recipe", "classes-global"];

    /// <summary>What each variable is for; ordinal by name.</summary>
    public SortedDictionary<string, string> Variables => field ??= ReadVariables();

    /// <summary>Names, ordinal.</summary>
    public ImmutableArray<string> Classes =>
        [.. ClassFiles().SelectMany(d => Directory.EnumerateFiles(d, "*.bbclass")).Select(f => Path.GetFileNameWithoutExtension(f)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    /// <summary>The comment of a class without its number signs; null if there is no such class.</summary>
    public string? FindClass(string name)
    {
        if (ClassFiles().Select(d => Path.Combine(d, $"{name}.bbclass")).FirstOrDefault(File.Exists) is not { } file) return null;
        return string.Concat(File.ReadLines(file).TakeWhile(l => l.StartsWith('#')).Select(l => (l.StartsWith("# ", StringComparison.Ordinal) ? l[2..] : l[1..]) + "\n"));
    }

    private IEnumerable<string> ClassFiles() => directories.SelectMany(d => s_classDirectories.Select(c => Path.Combine(d, c))).Where(Directory.Exists);

    private SortedDictionary<string, string> ReadVariables()
    {
        var pages = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var file in directories.Select(d => Path.Combine(d, "conf", "documentation.conf")).Where(File.Exists))
            if (ConfigurationFile.Read(file, new()) is { } read)
                foreach (var name in read.Names)
                    if (read.GetFlagUnexpanded(name, "doc") is { Length: > 0 } text) _ = pages.TryAdd(name, text);
        return pages;
    }
}
