namespace Strata.Metadata.Layers;

/// <summary>What the name of a recipe file says before anybody reads the file.</summary>
internal static class RecipeFileName
{
    /// <summary>
    /// Whether the file is named for the recipe or for one that it is a variant of: what stands before the <c>_</c>, alone or between
    /// dashes. A file can still give another name by setting PN.
    /// </summary>
    public static bool MayGive(string file, string recipe) =>
        recipe.Length > 0 && $"-{recipe}-".Contains($"-{Path.GetFileNameWithoutExtension(file).Split('_', 2)[0]}-", StringComparison.Ordinal);
}
