using System.Collections.Immutable;
using System.Text;

namespace Strata.Compliance;

/// <summary>A do_populate_lic artifact: what a recipe says, and the texts.</summary>
internal sealed record RecipeArtifact(string Directory, RecipeLicenses Licenses)
{
    /// <summary>By recipe; where two artifacts are of one recipe, the first one counts.</summary>
    public static ImmutableSortedDictionary<string, RecipeArtifact> ReadAll(ImmutableArray<string> artifacts) =>
        artifacts.Select(a => new RecipeArtifact(a, RecipeLicenses.Read(a))).DistinctBy(a => a.Licenses.Recipe, StringComparer.Ordinal)
            .ToImmutableSortedDictionary(a => a.Licenses.Recipe, a => a, StringComparer.Ordinal);

    public string PathOf(LicenseText text) => Path.Combine(Directory, RecipeLicenses.TextsDirectory, text.File);

    /// <summary>Older texts are often Latin-1, in which every byte is a character.</summary>
    public string ReadText(LicenseText text)
    {
        var bytes = File.ReadAllBytes(PathOf(text));
        return (System.Text.Unicode.Utf8.IsValid(bytes) ? Encoding.UTF8 : Encoding.Latin1).GetString(bytes);
    }
}
