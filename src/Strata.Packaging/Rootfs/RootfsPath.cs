namespace Strata.Packaging;

/// <summary>Arithmetic on absolute paths of a root file system.</summary>
internal static class RootfsPath
{
    /// <summary>Without empty, <c>.</c> and <c>..</c> parts; nothing is above the root.</summary>
    public static string Normalize(string path)
    {
        var parts = new List<string>();
        foreach (var part in path.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            if (part == ".") continue;
            if (part != "..") parts.Add(part);
            else if (parts.Count > 0) parts.RemoveAt(parts.Count - 1);
        }
        return "/" + string.Join('/', parts);
    }

    public static string Parent(string path) => path.LastIndexOf('/') is > 0 and var slash ? path[..slash] : "/";

    public static string Name(string path) => path[(path.LastIndexOf('/') + 1)..];

    public static string Join(string directory, string name) => directory == "/" ? $"/{name}" : $"{directory}/{name}";

    /// <summary>Where a link at <paramref name="link"/> leads, not looking at further links.</summary>
    public static string Follow(string link, string target) =>
        Normalize(target.StartsWith('/') ? target : $"{Parent(link)}/{target}");

    /// <summary>The text of a link at <paramref name="link"/> that leads to <paramref name="target"/>, wherever the root is mounted.</summary>
    public static string Relative(string link, string target)
    {
        var from = Parent(link).Split('/', StringSplitOptions.RemoveEmptyEntries);
        var to = target.Split('/', StringSplitOptions.RemoveEmptyEntries);
        var common = 0;
        while (common < from.Length && common < to.Length - 1 && from[common] == to[common]) common++;
        return string.Join('/', Enumerable.Repeat("..", from.Length - common).Concat(to.Skip(common)));
    }
}
