using System.Collections.Immutable;

namespace Strata.Cli.SourceBundles;

/// <summary><c>index.json</c> of a source bundle.</summary>
/// <param name="Images">By the digest under which registries know the image, or by that of its root file system where there is no such form.</param>
internal sealed record BundleIndex(ImmutableSortedDictionary<string, BundledImage> Images);
