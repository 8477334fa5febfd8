using System.Text.Json.Serialization;

namespace Strata.Cache;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(RemoteRecord))]
[JsonSerializable(typeof(BundleDocument))]
[JsonSerializable(typeof(OciManifest))]
[JsonSerializable(typeof(DockerConfig))]
[JsonSerializable(typeof(HelperAnswer))]
[JsonSerializable(typeof(TokenAnswer))]
internal sealed partial class RecordJson : JsonSerializerContext;
