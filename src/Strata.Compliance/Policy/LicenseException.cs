using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Serialization;

namespace Strata.Compliance;

/// <summary>A decision of somebody to ship a package against the policy.</summary>
/// <param name="Name">As LICENSE_EXCEPTIONS names it, or the entry of INCOMPATIBLE_LICENSE_EXCEPTIONS.</param>
/// <param name="Expires">The last day on which it holds; null for ever.</param>
public sealed record LicenseException(
    string Name,
    string Reason,
    string Owner,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DateOnly? Expires)
{
    [JsonIgnore]
    public ImmutableArray<string> Packages { get; init; } = [];

    [JsonIgnore]
    internal ImmutableArray<LicensePattern> Licenses { get; init; } = [];

    /// <summary>For people: <c>“reason” (owner, until 2027-06-30)</c>.</summary>
    public override string ToString()
    {
        var until = Expires is { } day ? $"until {day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}" : "";
        var who = string.Join(", ", new[] { Owner, until }.Where(t => t.Length > 0));
        return Name + (Reason.Length > 0 ? $": {Reason}" : "") + (who.Length > 0 ? $" ({who})" : "");
    }

    public bool HasExpired(DateOnly today) => Expires < today;

    internal bool Covers(string package, LicenseExpression.License license, LicenseCategories categories) =>
        Packages.Any(p => LicensePattern.IsMatch(p, package)) && Licenses.Any(l => l.Matches(license, categories));
}
