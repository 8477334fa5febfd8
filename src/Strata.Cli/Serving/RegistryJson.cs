using System.Text.Json.Serialization;

namespace Strata.Cli.Serving;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ErrorAnswer))]
[JsonSerializable(typeof(TagsAnswer))]
internal sealed partial class RegistryJson : JsonSerializerContext;
