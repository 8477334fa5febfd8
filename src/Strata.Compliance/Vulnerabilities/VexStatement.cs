using System.Collections.Immutable;

namespace Strata.Compliance;

/// <summary>What a supplier says of a vulnerability in some products.</summary>
/// <param name="Products">Package URLs, or the last part of references into an SBOM.</param>
public sealed record VexStatement(string Vulnerability, ImmutableArray<string> Products, VexStatus Status, string Explanation);
