namespace Strata.Graph.Why;

public enum WhyState
{
    Unchanged,
    Changed,

    /// <summary>There is no earlier key to compare with.</summary>
    NeverBuilt,
}
