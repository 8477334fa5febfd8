using Strata.Core;

namespace Strata.Packaging;

/// <summary>An image layer as it was written.</summary>
/// <param name="Name">What it was made from.</param>
/// <param name="Digest">Of the compressed archive.</param>
/// <param name="DiffId">Of the uncompressed archive, which no compressor can change.</param>
/// <param name="Size">Bytes, compressed.</param>
/// <param name="IsReused">Was compressed by an earlier run.</param>
public sealed record OciImageLayer(string Name, Digest Digest, Digest DiffId, long Size, bool IsReused = false);
