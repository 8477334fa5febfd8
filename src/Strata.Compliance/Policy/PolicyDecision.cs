using System.Text.Json.Serialization;

namespace Strata.Compliance;

/// <summary>What a policy says of a licence; a higher value wins where several apply.</summary>
public enum PolicyDecision
{
    [JsonStringEnumMemberName("allow")]
    Allow,

    /// <summary>Somebody has to look: reported, stops nothing.</summary>
    [JsonStringEnumMemberName("review")]
    Review,

    /// <summary>Stops the build.</summary>
    [JsonStringEnumMemberName("deny")]
    Deny,
}
