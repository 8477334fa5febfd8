using System.Text.Json;

namespace Strata.Compliance;

/// <summary>Writes findings as SARIF 2.1.0, for the tools that show them.</summary>
internal static class SarifWriter
{
    public static string Write(string toolVersion, IEnumerable<(string Id, string Title)> rules, IEnumerable<SarifResult> results) => JsonDocumentWriter.ToText(json => json.Object(() =>
    {
        json.WriteString("$schema", "https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/sarif-schema-2.1.0.json");
        json.WriteString("version", "2.1.0");
        json.Array("runs", [results], all => json.Object(() =>
        {
            json.Object("tool", () => json.Object("driver", () =>
            {
                json.WriteString("name", "strata");
                json.WriteString("version", toolVersion);
                json.Array("rules", rules.DistinctBy(r => r.Id, StringComparer.Ordinal).OrderBy(r => r.Id, StringComparer.Ordinal), rule => json.Object(() =>
                {
                    json.WriteString("id", rule.Id);
                    json.Object("shortDescription", () => json.WriteString("text", rule.Title));
                }));
            }));
            json.Array("results", all, result => Result(json, result));
        }));
    }));

    private static void Result(Utf8JsonWriter json, SarifResult result) => json.Object(() =>
    {
        json.WriteString("ruleId", result.Rule);
        json.WriteString("level", result.Level);
        json.Object("message", () => json.WriteString("text", result.Text));
        json.Array("locations", [result.Uri], u => json.Object(() => json.Object("physicalLocation", () => json.Object("artifactLocation", () => json.WriteString("uri", u)))));
        if (result.Suppressed is { } reason) json.Array("suppressions", [reason], r => json.Object(() =>
        {
            json.WriteString("kind", "external");
            json.StringIfAny("justification", r);
        }));
    });
}
