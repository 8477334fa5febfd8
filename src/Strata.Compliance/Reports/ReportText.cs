using System.Collections.Immutable;

namespace Strata.Compliance;

/// <summary>A licence text, once for all recipes that have the same one.</summary>
/// <param name="Number">Counts from 1, in the order of the recipes.</param>
/// <param name="Name">As LIC_FILES_CHKSUM names it, with its recipe.</param>
public sealed record ReportText(int Number, string Name, string Content)
{
    public ImmutableArray<string> Recipes { get; init; } = [];
}
