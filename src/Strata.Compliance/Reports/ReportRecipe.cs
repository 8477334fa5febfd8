using System.Collections.Immutable;

namespace Strata.Compliance;

/// <summary>A recipe as a report shows it.</summary>
public sealed record ReportRecipe
{
    public required string Name { get; init; }

    public required string Version { get; init; }

    public required string License { get; init; }

    /// <summary>What its sources say themselves; neither declared nor concluded.</summary>
    public string Detected { get; init; } = "";

    public string Homepage { get; init; } = "";

    /// <summary>Names of its packages in the image.</summary>
    public required ImmutableArray<string> Packages { get; init; }

    public ImmutableArray<string> Copyrights { get; init; } = [];

    public ImmutableArray<ReportText> Texts { get; init; } = [];

    public ImmutableArray<RecipeSource> Sources { get; init; } = [];

    /// <summary>Its licence obliges who ships it to offer the source.</summary>
    public required bool NeedsSource { get; init; }
}
