using System.Text.Json.Serialization;

namespace Strata.Packaging;

internal sealed record OciHistory(string Created, [property: JsonPropertyName("created_by")] string CreatedBy);
