using System.Collections.Immutable;
using Strata.Core;

namespace Strata.Packaging;

/// <summary>What was written.</summary>
/// <param name="Manifest">The image's identity.</param>
/// <param name="Layers">From the lowest to the highest.</param>
public sealed record OciImage(Digest Manifest, Digest Config, ImmutableArray<OciImageLayer> Layers);
