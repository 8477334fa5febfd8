using System.Text.Json.Serialization;

namespace Strata.Cache;

/// <summary>Of a credential helper; its names start with capitals, unlike all others.</summary>
internal sealed record HelperAnswer([property: JsonPropertyName("Username")] string? Username, [property: JsonPropertyName("Secret")] string? Secret);
