using System.Collections.Immutable;
using Strata.Metadata;

namespace Strata.Graph.Keys;

/// <summary>
/// Takes the places of the workspace and of the layers out of texts, so that a copy of the workspace elsewhere has the same keys even
/// where a file used <c>:=</c> or LAYERDIR, which leave a path of this machine in the text.
/// </summary>
internal sealed class HostPaths
{
    // A workspace that lies where sandboxes have their own directories would hide those.
    private const string SandboxRoot = "/build";

    private readonly ImmutableArray<(string Path, string Name)> _places;

    public HostPaths(LoadedMetadata metadata)
    {
        var places = metadata.Layers.Where(l => l.Directory.Length > 0).Select(l => (l.Directory, $"${{LAYERDIR:{l.Name}}}"));
        if (metadata.Configuration.Get("TOPDIR") is { Length: > 0 } top) places = places.Append((top, "${TOPDIR}"));
        _places =
        [
            .. places.Select(p => (Path: p.Item1.TrimEnd('/'), Name: p.Item2))
                .Where(p => p.Path.Length > 1 && !SandboxRoot.StartsWith(p.Path, StringComparison.Ordinal))
                .DistinctBy(p => p.Path, StringComparer.Ordinal)
                .OrderByDescending(p => p.Path.Length).ThenBy(p => p.Path, StringComparer.Ordinal),
        ];
    }

    public string Hide(string text)
    {
        if (!text.Contains('/')) return text;
        foreach (var (path, name) in _places)
            if (text.Contains(path, StringComparison.Ordinal)) text = Hide(text, path, name);
        return text;
    }

    /// <summary>Whole directory names only: /home/me/work is not a part of /home/me/workshop.</summary>
    private static string Hide(string text, string path, string name)
    {
        for (var at = text.IndexOf(path, StringComparison.Ordinal); at >= 0; at = text.IndexOf(path, at + 1, StringComparison.Ordinal))
        {
            var end = at + path.Length;
            if (end < text.Length && (char.IsAsciiLetterOrDigit(text[end]) || text[end] is '-' or '_' or '.' or '+')) continue;
            text = $"{text[..at]}{name}{text[end..]}";
        }
        return text;
    }
}
