using System.Collections.Immutable;
using Strata.Packaging;

namespace Strata.Cli.Images.Treemap;

/// <summary>The files of an image as a tree of sizes.</summary>
internal static class TreemapTree
{
    /// <summary>By image layer where there are several: each holds what one or a few recipes made.</summary>
    /// <returns>Null when no file has content.</returns>
    public static TreemapNode? Of(ImageContents contents)
    {
        var files = contents.Files.Values.Where(f => f.Size > 0).ToArray();
        if (files is []) return null;
        return contents.LayerNames.Length == 1
            ? Node("/", "/", Entries(files, ""))
            : Node("image", "image", files.GroupBy(f => f.Layer).Select(g => Node(NameOf(contents, g.Key), NameOf(contents, g.Key), Entries([.. g], ""))));
    }

    private static string NameOf(ImageContents contents, int layer) => contents.LayerNames[layer] is { Length: > 0 } name ? name : $"layer {layer + 1}";

    private static IEnumerable<TreemapNode> Entries(ImageFile[] files, string directory) =>
        files.GroupBy(f => NextPath(f.Path, directory.Length), StringComparer.Ordinal).Select(g => Entry(g.Key, directory, [.. g]));

    private static TreemapNode Entry(string path, string directory, ImageFile[] files)
    {
        var label = path[(directory.Length + 1)..];
        if (files is [var file] && file.Path == path) return new(label, path, file.Size, []);
        // usr/lib is one box when usr holds nothing else.
        var children = Entries(files, path).ToArray();
        return children is [var only] ? only with { Label = $"{label}/{only.Label}" } : Node(label, path, children);
    }

    private static TreemapNode Node(string label, string path, IEnumerable<TreemapNode> children)
    {
        var sorted = children.OrderByDescending(c => c.Size).ThenBy(c => c.Path, StringComparer.Ordinal).ToImmutableArray();
        return new(label, path, sorted.Sum(c => c.Size), sorted);
    }

    /// <summary><c>/usr/lib</c> of <c>/usr/lib/x/y</c> and the length of <c>/usr</c>.</summary>
    private static string NextPath(string path, int directory) => path.IndexOf('/', directory + 1) is > 0 and var end ? path[..end] : path;
}
