using System.Collections.Immutable;

namespace Strata.Packaging;

/// <summary>The links that the tasks of a recipe made, as the toolchain's linker recorded them: pairs of NAME.at, the directory of the command, and NAME.map.</summary>
public sealed class LinkRecords
{
    private readonly Dictionary<string, SortedSet<string>> _inputs = new(StringComparer.Ordinal);

    public static LinkRecords None { get; } = new();

    /// <param name="directory">May be missing.</param>
    /// <param name="hostPath">Where a path of the tasks lies on this machine; null for one that cannot be looked at.</param>
    public static LinkRecords Read(string directory, Func<string, string?> hostPath)
    {
        var records = new LinkRecords();
        if (!Directory.Exists(directory)) return records;
        foreach (var at in Directory.EnumerateFiles(directory, "*.at"))
        {
            var map = Path.ChangeExtension(at, ".map");
            if (IsReadable(at) && IsReadable(map)) records.Add(File.ReadAllText(at).TrimEnd('\n'), map, hostPath);
        }
        return records;
    }

    /// <summary>What tasks leave can be anything: a link out of the tree, or a pipe, which has no length.</summary>
    private static bool IsReadable(string path) => new FileInfo(path) is { Exists: true, LinkTarget: null, Length: > 0 };

    /// <summary>The archives and object files that a program was linked from, absolute, ordinal; null when nobody saw its link.</summary>
    internal IEnumerable<string>? InputsOf(string path, ElfFile elf) => ElfContent.Identity(path, elf) is { } identity ? _inputs.GetValueOrDefault(identity) : null;

    private void Add(string directory, string mapFile, Func<string, string?> hostPath)
    {
        using var reader = new StreamReader(mapFile);
        if (!Path.IsPathRooted(directory) || LinkMap.Read(reader) is not { } map) return;
        // What was linked again since is there once; its links are taken together.
        if (hostPath(Path.GetFullPath(map.Output, directory)) is not { } output || !IsReadable(output)) return;
        if (ElfFile.Read(output) is not { } elf || ElfContent.Identity(output, elf) is not { } identity) return;
        if (!_inputs.TryGetValue(identity, out var inputs)) _inputs.Add(identity, inputs = new(StringComparer.Ordinal));
        inputs.UnionWith(map.Inputs.Select(i => Path.GetFullPath(i, directory)));
    }
}
