using System.Text.Json.Serialization;

namespace Strata.Compliance;

/// <summary>What was decided of one licence of a package.</summary>
/// <param name="License">As the package names it, exception included.</param>
/// <param name="Reason">Variable and entry that decided: <c>LICENSE_DENY "category:copyleft"</c>.</param>
/// <param name="Exception">The exception that lifted a worse decision, or the one that has expired and did not.</param>
public sealed record PolicyFinding(
    string License,
    PolicyDecision Decision,
    string Reason,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] LicenseException? Exception = null)
{
    /// <summary>Something other than the default decided.</summary>
    [JsonIgnore]
    public bool IsRuled { get; init; } = true;
}
