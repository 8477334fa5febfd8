namespace Strata.Compliance;

/// <summary>A source as an SBOM states it.</summary>
/// <param name="Pin">SHA-256 or commit; empty when there is none.</param>
public sealed record StatedSource(string Name, string Pin)
{
    /// <summary>Where upstream offers it; empty when the SBOM does not say.</summary>
    public string Address { get; init; } = "";

    public bool IsPatch { get; init; }

    /// <summary>Vulnerabilities that a patch mends by its own words, a blank between two.</summary>
    public string Fixes { get; init; } = "";
}
