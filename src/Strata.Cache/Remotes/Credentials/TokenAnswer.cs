using System.Text.Json.Serialization;

namespace Strata.Cache;

/// <summary>Of a registry's token server, under either name.</summary>
internal sealed record TokenAnswer(string? Token, [property: JsonPropertyName("access_token")] string? AccessToken);
