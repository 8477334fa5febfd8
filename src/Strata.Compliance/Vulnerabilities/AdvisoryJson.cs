using System.Text.Json.Serialization;

namespace Strata.Compliance;

/// <summary>Advisories as an index keeps them.</summary>
[JsonSourceGenerationOptions(UseStringEnumConverter = true, DefaultIgnoreCondition = JsonIgnoreCondition.Never, IgnoreReadOnlyProperties = true)]
[JsonSerializable(typeof(Advisory))]
internal sealed partial class AdvisoryJson : JsonSerializerContext;
