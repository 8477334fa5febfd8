namespace Strata.Graph.Keys;

/// <summary>A file of the metadata that a task uses.</summary>
/// <param name="Name">As the recipe names it: the same on every machine.</param>
/// <param name="Content">Its digest, and whether it is executable.</param>
internal sealed record LocalFile(string Path, string Name, string Content);
