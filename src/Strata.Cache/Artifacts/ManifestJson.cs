using System.Text.Json.Serialization;

namespace Strata.Cache;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ArtifactManifest))]
internal sealed partial class ManifestJson : JsonSerializerContext;
