using System.Collections.Immutable;

namespace Strata.Compliance;

/// <summary>What is really in an image.</summary>
/// <param name="Identities">What identifies it, such as <c>OCI manifest sha256:…</c>; recomputed.</param>
/// <param name="Files">SHA-256 of each regular file by its absolute path; entries of other kinds have none.</param>
public sealed record ImageContent(ImmutableArray<string> Identities, ImmutableSortedDictionary<string, string?> Files);
