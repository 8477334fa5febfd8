using System.Collections.Immutable;

namespace Strata.Cli.Images.Treemap;

/// <summary>A file, or a directory or image layer with what is in it.</summary>
/// <param name="Label">What is written on it: a path relative to the node above, or the name of an image layer.</param>
/// <param name="Path">The whole path, or the name of an image layer.</param>
/// <param name="Size">Bytes, with everything below; more than zero.</param>
/// <param name="Children">The largest first; empty for a file.</param>
internal sealed record TreemapNode(string Label, string Path, long Size, ImmutableArray<TreemapNode> Children);
