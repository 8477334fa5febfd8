namespace Strata.Compliance;

/// <summary>What a vulnerability means for a component of an image.</summary>
public enum CveState
{
    /// <summary>The version has it and nobody says otherwise.</summary>
    Affected,

    /// <summary>The database knows commits alone, and an SBOM cannot order them.</summary>
    Undetermined,

    /// <summary>The supplier looks into it.</summary>
    UnderInvestigation,

    /// <summary>The version has it, a patch mends it.</summary>
    Fixed,

    /// <summary>The version has it, the supplier says why it does no harm.</summary>
    NotAffected,
}
