namespace Strata.Compliance;

/// <summary>A vulnerability of a component.</summary>
/// <param name="MatchedBy">The name in the SBOM that the database has, too.</param>
/// <param name="FixedIn">The first version without it; null when none is known.</param>
/// <param name="Reason">Why it does not count, where it does not.</param>
public sealed record CveFinding(
    SbomComponent Component, Advisory Advisory, CveState State, string MatchedBy,
    string? FixedIn, string Reason)
{
    /// <summary>Somebody has to act, or at least to look.</summary>
    public bool IsOpen => State is CveState.Affected or CveState.Undetermined or CveState.UnderInvestigation;
}
