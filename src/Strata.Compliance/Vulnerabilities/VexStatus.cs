namespace Strata.Compliance;

/// <summary>What a supplier says of a vulnerability; the four words of VEX.</summary>
public enum VexStatus
{
    NotAffected,
    Affected,
    Fixed,
    UnderInvestigation,
}
