namespace Strata.Compliance;

/// <summary>What happens to a vulnerability at a version.</summary>
public enum VersionEventKind
{
    Introduced,

    /// <summary>In the next version after this one.</summary>
    IntroducedAfter,

    Fixed,

    LastAffected,
}
