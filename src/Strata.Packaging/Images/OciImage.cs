using Strata.Core;

namespace Strata.Packaging;

/// <summary>What was written.</summary>
/// <param name="Manifest">The image's identity.</param>
/// <param name="Layer">Of the compressed layer.</param>
/// <param name="DiffId">Of the uncompressed layer, which no compressor can change.</param>
public sealed record OciImage(Digest Manifest, Digest Config, Digest Layer, Digest DiffId, long LayerSize);
