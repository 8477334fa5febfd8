using System.Text.Json.Serialization;

namespace Strata.Packaging;

internal sealed record OciHistory(string? Created, [property: JsonPropertyName("created_by")] string? CreatedBy)
{
    public string? Author { get; init; }

    public string? Comment { get; init; }

    /// <summary>The step changed no file and has no image layer.</summary>
    [JsonPropertyName("empty_layer")]
    public bool? IsEmpty { get; init; }
}
