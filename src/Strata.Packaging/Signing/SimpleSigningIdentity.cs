using System.Text.Json.Serialization;

namespace Strata.Packaging;

internal sealed record SimpleSigningIdentity([property: JsonPropertyName("docker-reference")] string DockerReference);
