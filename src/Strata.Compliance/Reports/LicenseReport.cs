using System.Collections.Immutable;

namespace Strata.Compliance;

/// <summary>What the templates of reports show; the names of its members are those that a template writes between braces.</summary>
public sealed record LicenseReport
{
    /// <summary>IMAGE_NAME.</summary>
    public required string Image { get; init; }

    public required string Version { get; init; }

    /// <summary>What identifies the image, such as <c>OCI manifest sha256:…</c>; one or more.</summary>
    public required ImmutableArray<string> Identities { get; init; }

    public required string Supplier { get; init; }

    /// <summary>Where to ask for source; may be empty.</summary>
    public required string Contact { get; init; }

    /// <summary>Years for which the source is offered.</summary>
    public required string OfferYears { get; init; }

    public required ImmutableArray<ReportPackage> Packages { get; init; }

    public required ImmutableArray<ReportRecipe> Recipes { get; init; }

    public required ImmutableArray<ReportLicense> Licenses { get; init; }

    public required ImmutableArray<ReportText> Texts { get; init; }

    public int PackageCount => Packages.Length;

    public int RecipeCount => Recipes.Length;

    public IEnumerable<ReportRecipe> SourceRecipes => Recipes.Where(r => r.NeedsSource);

    public bool OffersSource => SourceRecipes.Any();

    public int Allowed => Count("allow");

    public int Reviews => Count("review");

    public int Denied => Count("deny");

    /// <summary>Decided against the rules by somebody.</summary>
    public int Excepted => Packages.Count(p => p.Exception.Length > 0);

    private int Count(string decision) => Packages.Count(p => p.Decision == decision);
}
