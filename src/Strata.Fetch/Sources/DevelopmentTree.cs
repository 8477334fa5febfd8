namespace Strata.Fetch;

/// <summary>A directory of the developer in place of all sources of a recipe: EXTERNALSRC. Nothing pins it but what is in it when it is built.</summary>
/// <param name="Path">Absolute.</param>
/// <param name="Destination">S of the recipe: where the sources are expected, as the sandbox sees it.</param>
public sealed record DevelopmentTree(SourceUri Source, string Path, string Destination) : PinnedSource(Source);
