using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Strata.Packaging;

/// <summary>An in-toto statement: somebody says <paramref name="Predicate"/> about these things.</summary>
internal sealed record Statement(
    [property: JsonPropertyName("_type")] string Type, string PredicateType, ImmutableArray<StatementSubject> Subject, JsonElement Predicate)
{
    public const string StatementType = "https://in-toto.io/Statement/v0.1";

    /// <summary>It says of itself that it is one; of either version, which differ in nothing that is read.</summary>
    [JsonIgnore]
    public bool IsStatement => Type is StatementType or "https://in-toto.io/Statement/v1";

    /// <summary>Its subject is this very image.</summary>
    public bool IsAbout(ImageManifest image) => Subject.Any(s => s.Digest?.GetValueOrDefault("sha256") == image.Digest.Hex);
}
