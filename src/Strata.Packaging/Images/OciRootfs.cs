using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Strata.Packaging;

internal sealed record OciRootfs(string Type, [property: JsonPropertyName("diff_ids")] ImmutableArray<string> DiffIds);
