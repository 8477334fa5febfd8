using System.Collections.Immutable;
using Strata.Core;

namespace Strata.Fetch;

/// <summary>A repository as one compressed tar, as BitBake puts them on plain file servers. Nothing but its objects and references is believed.</summary>
internal static class MirrorArchive
{
    /// <summary>The archives that may hold the revision, the smaller one first.</summary>
    public static ImmutableArray<string> NamesOf(PinnedGit source, bool shallow) => shallow ? [ShallowNameOf(source), NameOf(source.Uri)] : [NameOf(source.Uri)];

    /// <summary>What the archive of a whole repository is called everywhere.</summary>
    public static string NameOf(SourceUri repository) => $"git2_{GitMirrors.NameOf(repository)}.tar.gz";

    /// <summary>What BitBake calls the archive of the pinned commit alone.</summary>
    public static string ShallowNameOf(PinnedGit source)
    {
        IEnumerable<string> references = [.. source.NoBranch ? [] : (string[])[source.Branch], .. source.Tag is { } tag ? (string[])[$"refs/tags/{tag}"] : []];
        var suffix = string.Concat(references.Order(StringComparer.Ordinal).Select(r => "_" + r.Replace('/', '.')));
        return $"{source.Uri.Scheme}shallow_{GitMirrors.NameOf(source.Uri)}_{source.Revision[..7]}-1{suffix}.tar.gz";
    }

    /// <summary>Turns an unpacked archive into what git may read: settings, hooks and alternates of a stranger could make it run programs or read other places.</summary>
    /// <param name="unpacked">Where the archive was unpacked; its repository lies there, or in the only directory in it.</param>
    /// <param name="repository">A new bare repository without objects.</param>
    /// <returns>False when there is no repository.</returns>
    public static bool TryAdopt(string unpacked, string repository)
    {
        var top = Directory.Exists(Path.Combine(unpacked, "objects")) ? unpacked : Directory.EnumerateDirectories(unpacked).SingleOrDefault(d => Directory.Exists(Path.Combine(d, "objects")));
        if (top is null) return false;

        foreach (var part in new[] { "objects", "refs", "packed-refs", "shallow", "lfs/objects" })
        {
            var (from, to) = (Path.Combine(top, part), Path.Combine(repository, part));
            if (!Path.Exists(from)) continue;
            FileTree.Delete(to);
            Directory.CreateDirectory(Path.GetDirectoryName(to)!);
            Directory.Move(from, to);
        }
        FileTree.Delete(Path.Combine(repository, "objects", "info"));
        return true;
    }
}
