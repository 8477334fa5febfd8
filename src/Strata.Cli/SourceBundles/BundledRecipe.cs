using System.Collections.Immutable;

namespace Strata.Cli.SourceBundles;

/// <summary>A recipe whose sources are in a source bundle.</summary>
/// <param name="Packages">What the image has of it, ordinal; nothing for what only the build needs.</param>
internal sealed record BundledRecipe(string Name, string Version, string License, ImmutableArray<string> Packages, ImmutableArray<BundledSource> Sources);
