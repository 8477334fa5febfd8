namespace Strata.Fetch;

/// <summary>A file or directory of the layer itself.</summary>
/// <param name="Path">Where it was found, absolute.</param>
public sealed record LocalFile(SourceUri Source, string Path) : PinnedSource(Source);
