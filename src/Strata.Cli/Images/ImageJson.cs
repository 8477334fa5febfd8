using System.Text.Json.Serialization;

namespace Strata.Cli.Images;

[JsonSourceGenerationOptions(
    WriteIndented = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ImageAnswer))]
internal sealed partial class ImageJson : JsonSerializerContext;
