using System.Collections.Immutable;

namespace Strata.Compliance;

/// <summary>What a policy says of a package.</summary>
/// <param name="Chosen">The terms that are relied on: of each OR the side that the policy likes best, of equal ones the first.</param>
/// <param name="Findings">One for each licence of the chosen terms.</param>
public sealed record LicenseVerdict(PolicyDecision Decision, string Chosen, ImmutableArray<PolicyFinding> Findings)
{
    /// <summary>The findings that made the decision what it is.</summary>
    public IEnumerable<PolicyFinding> Decisive => Findings.Where(f => f.Decision == Decision);
}
