namespace Strata.Compliance;

/// <summary>How bad a vulnerability is, by the steps of CVSS.</summary>
public enum AdvisorySeverity
{
    None,
    Low,
    Medium,
    High,
    Critical,

    /// <summary>Nobody has rated it yet. Last, so that no threshold lets it pass unseen.</summary>
    Unrated,
}
