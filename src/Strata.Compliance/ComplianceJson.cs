using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Strata.Compliance;

/// <summary>The files that compliance writes: members in the order of their declaration, two spaces, line feeds.</summary>
[JsonSourceGenerationOptions(WriteIndented = true, NewLine = "\n", PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true)]
[JsonSerializable(typeof(RecipeLicenses))]
[JsonSerializable(typeof(SourceFindings))]
[JsonSerializable(typeof(ImmutableArray<PackageVerdict>))]
[JsonSerializable(typeof(StatementComparison))]
internal sealed partial class ComplianceJson : JsonSerializerContext;
