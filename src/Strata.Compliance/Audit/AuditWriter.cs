using System.Globalization;
using System.Text;
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

    public static string Json(AuditReport report) => JsonDocumentWriter.ToText(json => json.Object(() =>
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

    public static string Sarif(AuditReport report, string toolVersion) => SarifWriter.Write(toolVersion,
        report.Findings.Select(f => (f.Rule.Code, f.Rule.Title)),
        report.Findings.Select(f => new SarifResult(f.Rule.Code, Level(f), f.Hint is null ? f.Message : $"{f.Message}\n{f.Hint}", UriOf(report, f.Place.File))));

    /// <summary>A file of the image is relative to its root; the image and the statement lie on this machine.</summary>
    private static string UriOf(AuditReport report, string path) => path.StartsWith(report.Image, StringComparison.Ordinal) || path == report.Statement
        ? new Uri(path).AbsoluteUri
        : Uri.EscapeDataString(path.TrimStart('/')).Replace("%2F", "/", StringComparison.Ordinal);

    private static string Level(Diagnostic finding) => finding.Severity.ToString().ToLowerInvariant();
}
