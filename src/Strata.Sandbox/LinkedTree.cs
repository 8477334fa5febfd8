using Strata.Core;

namespace Strata.Sandbox;

/// <summary>Directories merged into one by hard links: stands for an overlay where the kernel mounts none.</summary>
internal static class LinkedTree
{
    /// <param name="target">Filled, and made if missing.</param>
    /// <param name="lowers">The topmost first: of a name that several have, the topmost is seen, and directories are merged.</param>
    /// <exception cref="IOException">A directory is missing or the disk is full.</exception>
    public static void Fill(string target, IEnumerable<string> lowers)
    {
        Directory.CreateDirectory(target);
        var merged = new SortedDictionary<string, List<string>>(StringComparer.Ordinal);
        var taken = new HashSet<string>(StringComparer.Ordinal);
        foreach (var entry in lowers.SelectMany(l => new DirectoryInfo(l).EnumerateFileSystemInfos()))
            if (entry is DirectoryInfo { LinkTarget: null })
            {
                if (merged.TryGetValue(entry.Name, out var above)) above.Add(entry.FullName);
                else if (!taken.Contains(entry.Name)) merged[entry.Name] = [entry.FullName];
            }
            else if (!merged.ContainsKey(entry.Name) && taken.Add(entry.Name)) Add(entry, Path.Combine(target, entry.Name));
        foreach (var (name, directories) in merged) Fill(Path.Combine(target, name), directories);
    }

    /// <summary>A second name for the same file; a copy on another disk.</summary>
    private static void Add(FileSystemInfo entry, string name)
    {
        if (HardLink.TryMake(entry.FullName, name)) return;
        if (entry.LinkTarget is { } linked) File.CreateSymbolicLink(name, linked);
        else File.Copy(entry.FullName, name);
    }
}
