using System.Collections.Immutable;
using Strata.Core;

namespace Strata.Compliance;

/// <summary>What an audit found.</summary>
/// <param name="Image">Path of the image as it was given.</param>
/// <param name="Findings">In the order of their places.</param>
public sealed record AuditReport(
    string Image, string Statement, ImmutableArray<string> Identities, int Files, int Packages, int Recipes, int Sources, ImmutableArray<Diagnostic> Findings)
{
    public bool Passed => Findings.All(f => f.Severity != Severity.Error);
}
