namespace Strata.Compliance;

/// <summary>A recipe whose packages are in the image, with its sources.</summary>
public sealed record BillRecipe
{
    public required RecipeLicenses Recipe { get; init; }

    public required string DeclaredLicense { get; init; }

    public required string ConcludedLicense { get; init; }

    /// <summary>What the sources say themselves, for a comment; empty when they say nothing.</summary>
    public string Detected => Recipe.Detected.Licenses.IsEmpty ? "" : $"Detected in the sources: {Recipe.Detected.LicenseText}";

    public required string Copyright { get; init; }

    /// <summary>Package URL, with the pin of the first upstream source.</summary>
    public required string Purl { get; init; }

    /// <summary>The first source that came from upstream; null for recipes made of the layer's own files.</summary>
    public RecipeSource? Upstream => Recipe.Sources.FirstOrDefault(s => !s.IsLocal);
}
