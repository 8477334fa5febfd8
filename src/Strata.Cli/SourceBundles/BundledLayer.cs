using Strata.Compliance;

namespace Strata.Cli.SourceBundles;

/// <summary>A layer in a source bundle.</summary>
/// <param name="Path">Below the bundle.</param>
/// <param name="Origin">Commit and changes, as git knew them.</param>
internal sealed record BundledLayer(string Name, string Path, ProvenanceLayer Origin);
