using System.Text.Json.Serialization;

namespace Strata.Compliance;

/// <summary>The files that compliance writes: members in the order of their declaration, two spaces, line feeds.</summary>
[JsonSourceGenerationOptions(WriteIndented = true, NewLine = "\n", PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(RecipeLicenses))]
[JsonSerializable(typeof(SourceFindings))]
internal sealed partial class ComplianceJson : JsonSerializerContext;
