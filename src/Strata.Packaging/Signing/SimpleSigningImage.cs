using System.Text.Json.Serialization;

namespace Strata.Packaging;

internal sealed record SimpleSigningImage([property: JsonPropertyName("docker-manifest-digest")] string DockerManifestDigest);
