using System.Collections.Immutable;

namespace Strata.Core;

/// <summary>The files of a directory that somebody is working in.</summary>
public static class WorkTree
{
    private static readonly ImmutableSortedSet<string> s_ownedByTools = ImmutableSortedSet.Create(StringComparer.Ordinal, ".git", ".hg", ".svn", ".bzr", ".repo");

    /// <summary>Nothing of the user's configuration, and no program that the tree itself names.</summary>
    private static readonly ImmutableSortedDictionary<string, string> s_environment = ImmutableSortedDictionary<string, string>.Empty
        .Add("GIT_CONFIG_GLOBAL", "/dev/null").Add("GIT_CONFIG_NOSYSTEM", "1").Add("LC_ALL", "C");

    /// <summary>
    /// Names below the directory in ordinal order: in a git checkout what is tracked or could be added, elsewhere everything but what
    /// version control keeps for itself. Links are names of their own and are not followed.
    /// </summary>
    /// <exception cref="IOException">The directory cannot be read, or git does not take its checkout for one.</exception>
    public static ImmutableArray<string> Files(string directory)
    {
        var names = new SortedSet<string>(StringComparer.Ordinal);
        if (Path.Exists(Path.Combine(directory, ".git"))) AddTracked(directory, "", names);
        else AddAll(directory, "", names);
        return [.. names];
    }

    private static void AddTracked(string root, string below, SortedSet<string> names)
    {
        var command = new ProcessSpec
        {
            Command = ["git", "-c", "safe.directory=*", "-c", "core.fsmonitor=false", "-C", Path.Combine(root, below), "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
            Environment = s_environment,
        };
        var outcome = ProcessRunner.RunAsync(command, CancellationToken.None).GetAwaiter().GetResult();
        if (!outcome.Succeeded) throw new IOException($"git does not list the files of {Path.Combine(root, below)}: {outcome.Error.Trim()}");
        foreach (var name in outcome.Output.Split('\0', StringSplitOptions.RemoveEmptyEntries))
        {
            var path = Path.Combine(root, below, name);
            if (new FileInfo(path) is { Exists: true } or { LinkTarget: not null }) names.Add(Path.Combine(below, name));
            else if (Path.Exists(Path.Combine(path, ".git"))) AddTracked(root, Path.Combine(below, name.TrimEnd('/')), names);
        }
    }

    private static void AddAll(string root, string below, SortedSet<string> names)
    {
        foreach (var child in new DirectoryInfo(Path.Combine(root, below)).EnumerateFileSystemInfos())
        {
            var name = Path.Combine(below, child.Name);
            if (child is FileInfo || child.LinkTarget is not null) names.Add(name);
            else if (!s_ownedByTools.Contains(child.Name)) AddAll(root, name, names);
        }
    }
}
