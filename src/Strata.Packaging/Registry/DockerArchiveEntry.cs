using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Strata.Packaging;

/// <summary>An image in the <c>manifest.json</c> of a docker-archive, whose members begin with capitals.</summary>
internal sealed record DockerArchiveEntry(
    [property: JsonPropertyName("Config")] string Config,
    [property: JsonPropertyName("RepoTags")] ImmutableArray<string> RepoTags,
    [property: JsonPropertyName("Layers")] ImmutableArray<string> Layers);
