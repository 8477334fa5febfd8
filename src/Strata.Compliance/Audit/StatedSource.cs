namespace Strata.Compliance;

/// <summary>A source as an SBOM states it.</summary>
/// <param name="Pin">SHA-256 or commit; empty when there is none.</param>
public sealed record StatedSource(string Name, string Pin);
