using Strata.Core;

namespace Strata.Fetch;

/// <summary>A whole bare repository as one compressed tar, as BitBake puts them on plain file servers. Nothing but its objects and references is believed.</summary>
internal static class MirrorArchive
{
    /// <summary>What the archive of a repository is called everywhere.</summary>
    public static string NameOf(SourceUri repository) => $"git2_{GitMirrors.NameOf(repository)}.tar.gz";

    /// <summary>Turns an unpacked archive into what git may read: settings, hooks and alternates of a stranger could make it run programs or read other places.</summary>
    /// <param name="unpacked">Where the archive was unpacked; its repository lies there, or in the only directory in it.</param>
    /// <param name="repository">A new bare repository without objects.</param>
    /// <returns>False when there is no repository.</returns>
    public static bool TryAdopt(string unpacked, string repository)
    {
        var top = Directory.Exists(Path.Combine(unpacked, "objects")) ? unpacked : Directory.EnumerateDirectories(unpacked).SingleOrDefault(d => Directory.Exists(Path.Combine(d, "objects")));
        if (top is null) return false;

        foreach (var part in new[] { "objects", "refs", "packed-refs", "shallow" })
        {
            var (from, to) = (Path.Combine(top, part), Path.Combine(repository, part));
            if (!Path.Exists(from)) continue;
            FileTree.Delete(to);
            Directory.Move(from, to);
        }
        FileTree.Delete(Path.Combine(repository, "objects", "info"));
        return true;
    }
}
