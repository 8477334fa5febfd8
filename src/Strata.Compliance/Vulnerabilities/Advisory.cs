using System.Collections.Immutable;
using System.Text.Json;

namespace Strata.Compliance;

/// <summary>What a database says of one vulnerability.</summary>
/// <param name="Aliases">Its names in other databases.</param>
/// <param name="Score">CVSS base score, 0 to 10; null when there is none.</param>
public sealed record Advisory(string Id, ImmutableArray<string> Aliases, string Summary, AdvisorySeverity Severity, double? Score, ImmutableArray<AffectedProduct> Affected)
{
    /// <summary>The CVE where it has one: the name that everybody knows.</summary>
    public string Name => Names.FirstOrDefault(n => n.StartsWith("CVE-", StringComparison.Ordinal)) ?? Id;

    public IEnumerable<string> Names => Aliases.Prepend(Id);

    /// <summary>Keys under which an index finds it.</summary>
    public ImmutableArray<string> Keys => [.. Affected.SelectMany(a => a.Keys).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    public string ToJson() => JsonSerializer.Serialize(this, AdvisoryJson.Default.Advisory);

    /// <exception cref="JsonException">It was not written by <see cref="ToJson"/>.</exception>
    public static Advisory FromJson(string text) => JsonSerializer.Deserialize(text, AdvisoryJson.Default.Advisory) ?? throw new JsonException("an advisory is empty");
}
