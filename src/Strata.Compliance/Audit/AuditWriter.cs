using System.Globalization;
using System.Text;
using System.Text.Json;
using Strata.Core;

namespace Strata.Compliance;

/// <summary>Prints an audit for people, for scripts, and as SARIF 2.1.0 for the tools that show findings.</summary>
public static class AuditWriter
{
    public static string Text(AuditReport report)
    {
        var text = new StringBuilder();
        foreach (var identity in report.Identities) text.Append(identity).Append('\n');
        foreach (var finding in report.Findings) text.Append(finding).Append('\n');
        var (errors, others) = (report.Findings.Count(f => f.Severity == Severity.Error), report.Findings.Count(f => f.Severity != Severity.Error));
        return text.Append(CultureInfo.InvariantCulture, $"{report.Files} files of {report.Packages} packages, {report.Recipes} recipes, {report.Sources} sources: ")
            .Append(report.Findings.IsEmpty ? "nothing to complain about" : string.Create(CultureInfo.InvariantCulture, $"{errors} errors, {others} warnings")).Append('\n').ToString();
    }

    public static string Json(AuditReport report) => Written(json => json.Object(() =>
    {
        json.WriteString("image", report.Image);
        json.WriteString("statement", report.Statement);
        json.Strings("identities", report.Identities);
        json.WriteBoolean("passed", report.Passed);
        json.WriteNumber("files", report.Files);
        json.WriteNumber("packages", report.Packages);
        json.WriteNumber("recipes", report.Recipes);
        json.WriteNumber("sources", report.Sources);
        json.Array("findings", report.Findings, finding => json.Object(() =>
        {
            json.WriteString("code", finding.Rule.Code);
            json.WriteString("severity", Level(finding));
            json.WriteString("place", finding.Place.ToString());
            json.WriteString("message", finding.Message);
            json.StringIfAny("hint", finding.Hint);
        }));
    }));

    public static string Sarif(AuditReport report, string toolVersion) => Written(json => json.Object(() =>
    {
        json.WriteString("$schema", "https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/sarif-schema-2.1.0.json");
        json.WriteString("version", "2.1.0");
        json.Array("runs", [report], _ => json.Object(() =>
        {
            json.Object("tool", () => json.Object("driver", () =>
            {
                json.WriteString("name", "strata");
                json.WriteString("version", toolVersion);
                json.Array("rules", report.Findings.Select(f => f.Rule).Distinct().OrderBy(r => r.Code, StringComparer.Ordinal), rule => json.Object(() =>
                {
                    json.WriteString("id", rule.Code);
                    json.Object("shortDescription", () => json.WriteString("text", rule.Title));
                }));
            }));
            json.Array("results", report.Findings, finding => Result(json, finding, UriOf(report, finding.Place.File)));
        }));
    }));

    /// <summary>A file of the image is relative to its root; the image and the statement lie on this machine.</summary>
    private static string UriOf(AuditReport report, string path) => path == report.Image || path == report.Statement
        ? new Uri(path).AbsoluteUri
        : Uri.EscapeDataString(path.TrimStart('/')).Replace("%2F", "/", StringComparison.Ordinal);

    private static void Result(Utf8JsonWriter json, Diagnostic finding, string uri) => json.Object(() =>
    {
        json.WriteString("ruleId", finding.Rule.Code);
        json.WriteString("level", Level(finding));
        json.Object("message", () => json.WriteString("text", finding.Hint is null ? finding.Message : $"{finding.Message}\n{finding.Hint}"));
        json.Array("locations", [uri], u => json.Object(() => json.Object("physicalLocation", () => json.Object("artifactLocation", () => json.WriteString("uri", u)))));
    });

    private static string Level(Diagnostic finding) => finding.Severity.ToString().ToLowerInvariant();

    private static string Written(Action<Utf8JsonWriter> write)
    {
        using var stream = new MemoryStream();
        JsonDocumentWriter.Write(stream, write);
        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
