using System.Globalization;
using Strata.Core;

namespace Strata.Cli.Reproducibility;

/// <summary>What differs between two artifacts, entry by entry: names, kinds, modes, link targets, bytes. The store keeps no times.</summary>
internal static class TreeComparison
{
    private const int BlockBytes = 64 * 1024;

    public static IEnumerable<TreeDifference> Of(string first, string second)
    {
        var (before, after) = (Entries(first), Entries(second));
        foreach (var path in before.Union(after).Order(StringComparer.Ordinal))
            if (!after.Contains(path)) yield return new(path, "only the first time");
            else if (!before.Contains(path)) yield return new(path, "only the second time");
            else if (Compare(path, Path.Combine(first, path), Path.Combine(second, path)) is { } difference) yield return difference;
    }

    private static HashSet<string> Entries(string tree)
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        var open = new Stack<string>([tree]);
        while (open.TryPop(out var directory))
            foreach (var entry in new DirectoryInfo(directory).EnumerateFileSystemInfos())
            {
                found.Add(Path.GetRelativePath(tree, entry.FullName));
                if (entry is DirectoryInfo { LinkTarget: null }) open.Push(entry.FullName);
            }
        return found;
    }

    private static TreeDifference? Compare(string path, string first, string second)
    {
        var (a, b) = (FileStatus.Of(first), FileStatus.Of(second));
        if (a.Type != b.Type) return new(path, Invariant($"{a.Type} the first time, {b.Type} the second").ToLowerInvariant());
        if (a.Permissions != b.Permissions) return new(path, $"mode {Convert.ToString(a.Permissions, 8)} the first time, {Convert.ToString(b.Permissions, 8)} the second");
        if (a.Type is FileType.Link)
            return new FileInfo(first).LinkTarget is var from && new FileInfo(second).LinkTarget is var to && from == to ? null : new(path, $"leads to {from} the first time, to {to} the second");
        if (a.Type is not FileType.File || FirstDifference(first, second) is not { } offset) return null;
        return new(path, a.Size == b.Size
            ? Invariant($"differs from byte {offset} on, {a.Size} bytes")
            : Invariant($"differs from byte {offset} on, {a.Size} bytes the first time, {b.Size} the second"), IsContent: true);
    }

    /// <summary>Null when the files are equal.</summary>
    private static long? FirstDifference(string first, string second)
    {
        using var a = File.OpenRead(first);
        using var b = File.OpenRead(second);
        var (left, right) = (new byte[BlockBytes], new byte[BlockBytes]);
        for (var offset = 0L; ; offset += BlockBytes)
        {
            var (some, others) = (a.ReadAtLeast(left, BlockBytes, throwOnEndOfStream: false), b.ReadAtLeast(right, BlockBytes, throwOnEndOfStream: false));
            var same = left.AsSpan(0, some).CommonPrefixLength(right.AsSpan(0, others));
            if (same < some || same < others) return offset + same;
            if (some < BlockBytes) return null;
        }
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
