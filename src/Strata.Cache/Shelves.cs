using System.Collections.Immutable;
using Strata.Core;

namespace Strata.Cache;

/// <summary>Things named by digest, spread over directories of two characters so that none grows large.</summary>
internal static class Shelves
{
    /// <summary>The digests that name a file or directory under the root, ordinal; anything else is passed over.</summary>
    public static ImmutableArray<Digest> Names(string root)
    {
        if (!Directory.Exists(root)) return [];
        var found = new List<Digest>();
        foreach (var entry in Directory.EnumerateDirectories(root).SelectMany(Directory.EnumerateFileSystemEntries))
            if (Digest.TryParse(Path.GetFileName(entry), out var digest)) found.Add(digest);
        found.Sort();
        return [.. found];
    }

    /// <summary>Everything on the shelves that is not named by a digest and the extension.</summary>
    public static IEnumerable<string> Strangers(string root, string? extension = null)
    {
        if (!Directory.Exists(root)) return [];
        return Directory.EnumerateDirectories(root).SelectMany(Directory.EnumerateFileSystemEntries).Where(IsStrange);

        bool IsStrange(string path)
        {
            var name = Path.GetFileName(path);
            if (extension is not null && name.EndsWith(extension, StringComparison.Ordinal)) name = name[..^extension.Length];
            return !Digest.TryParse(name, out _);
        }
    }
}
