using System.Text;

namespace Strata.Packaging;

/// <summary>
/// Which headers of the sysroot the compiler read for a recipe: from the lists of the toolchain's compiler, and from what build systems keep of their
/// own (dependency files of make, the log of ninja).
/// </summary>
internal static class HeaderUse
{
    private const int MaxFileSize = 256 << 20;
    private static readonly string[] s_suffixes = [".headers", ".d", ".Po", ".Plo", ".cmd", ".ninja_deps"];
    private static readonly EnumerationOptions s_everything = new() { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint, IgnoreInaccessible = true };

    /// <param name="directories">Where the recipe was built, on the host; may be missing.</param>
    /// <param name="headers">Headers that are looked for, absolute in the sysroot.</param>
    /// <returns>Those that were read, ordinal.</returns>
    public static SortedSet<string> Find(IEnumerable<string> directories, string sysroot, IReadOnlySet<string> headers)
    {
        var found = new SortedSet<string>(StringComparer.Ordinal);
        if (headers.Count == 0 || sysroot.Length == 0) return found;
        var prefix = Encoding.UTF8.GetBytes(sysroot + "/");
        foreach (var file in directories.Where(Directory.Exists).SelectMany(d => new DirectoryInfo(d).EnumerateFiles("*", s_everything)))
            if (s_suffixes.Any(s => file.Name.EndsWith(s, StringComparison.Ordinal)) && file.Length is > 0 and <= MaxFileSize)
                Search(File.ReadAllBytes(file.FullName), prefix, headers, found);
        return found;
    }

    private static void Search(ReadOnlySpan<byte> bytes, byte[] prefix, IReadOnlySet<string> headers, SortedSet<string> found)
    {
        while (bytes.IndexOf(prefix) is >= 0 and var at)
        {
            bytes = bytes[(at + prefix.Length - 1)..];
            var end = bytes.IndexOfAnyExceptInRange((byte)'!', (byte)'~');
            var path = Path.GetFullPath(Encoding.UTF8.GetString(end < 0 ? bytes : bytes[..end]).TrimEnd(':', '\\', ')'));
            if (headers.Contains(path)) found.Add(path);
            // In ninja's log a checksum can follow at once, and its first byte can look like a letter.
            else if (headers.Contains(path[..^1])) found.Add(path[..^1]);
        }
    }
}
