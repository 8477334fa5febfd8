using System.Text.Json.Serialization;

namespace Strata.Compliance;

/// <summary>One source that a recipe was built from, with the pin that identifies it.</summary>
/// <param name="Address">Where upstream offers it, without parameters and passwords; for a file of a layer its name.</param>
/// <param name="Sha256">Of the file; null for a git commit.</param>
/// <param name="Revision">The git commit; null for a file.</param>
/// <param name="IsPatch">Changes the other sources instead of adding to them.</param>
/// <param name="Fixes">Vulnerabilities that a patch mends by its own words, a blank between two; null when it names none.</param>
public sealed record RecipeSource(
    string Address,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Sha256 = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Revision = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] bool IsPatch = false,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Fixes = null)
{
    /// <summary>It came with the layer and not from upstream.</summary>
    [JsonIgnore]
    public bool IsLocal => !Address.Contains("://", StringComparison.Ordinal);

    /// <summary>The identifier under which Software Heritage keeps a commit (SWHID 1.1); null for files, whose content it keeps unpacked.</summary>
    [JsonIgnore]
    public string? SoftwareHeritageId => Revision is { Length: 40 } ? $"swh:1:rev:{Revision}" : null;
}
