using System.Globalization;
using System.Text;

namespace Strata.Compliance;

/// <summary>Prints a report on vulnerabilities for people, for scripts, and as SARIF 2.1.0.</summary>
public static class CveReportWriter
{
    public static string Text(CveReport report)
    {
        var text = new StringBuilder();
        foreach (var finding in report.Findings)
        {
            var (advisory, component) = (finding.Advisory, finding.Component);
            text.Append(CultureInfo.InvariantCulture, $"{advisory.Name} {Rating(advisory)} {component.Name} {component.Version}: {Verdict(finding)}\n");
            if (finding.IsOpen && advisory.Summary.Length > 0) text.Append("    ").Append(FirstLine(advisory.Summary)).Append('\n');
            text.Append("    in ").AppendJoin(' ', component.Packages).Append("; found by ").Append(finding.MatchedBy).Append('\n');
        }
        var open = report.Findings.Count(f => f.IsOpen);
        return text.Append(CultureInfo.InvariantCulture, $"{report.Components} components, {open} open vulnerabilities, {report.Findings.Length - open} mended or explained; ")
            .Append(CultureInfo.InvariantCulture, $"database of {report.Files} files, {report.FilesRead} of them read now\n").ToString();
    }

    public static string Json(CveReport report) => JsonDocumentWriter.ToText(json => json.Object(() =>
    {
        json.WriteString("subject", report.Subject);
        json.WriteString("database", report.Database);
        json.WriteNumber("files", report.Files);
        json.WriteNumber("filesRead", report.FilesRead);
        json.WriteNumber("components", report.Components);
        json.Array("findings", report.Findings, finding => json.Object(() =>
        {
            json.WriteString("id", finding.Advisory.Name);
            json.Strings("aliases", finding.Advisory.Names.Where(n => n != finding.Advisory.Name));
            json.WriteString("state", Word(finding.State));
            json.WriteString("severity", Level(finding.Advisory.Severity));
            if (finding.Advisory.Score is { } score) json.WriteNumber("score", score);
            json.WriteString("component", finding.Component.Name);
            json.WriteString("version", finding.Component.Version);
            json.Strings("packages", finding.Component.Packages);
            json.WriteString("matchedBy", finding.MatchedBy);
            json.StringIfAny("fixedIn", finding.FixedIn);
            json.StringIfAny("reason", finding.Reason);
            json.StringIfAny("summary", finding.Advisory.Summary);
        }));
    }));

    /// <summary>What is mended or explained is there as a suppressed result, as the format wants it.</summary>
    public static string Sarif(CveReport report, string toolVersion) => SarifWriter.Write(toolVersion,
        report.Findings.Select(f => (f.Advisory.Name, FirstLine(f.Advisory.Summary) is { Length: > 0 } line ? line : f.Advisory.Name)),
        report.Findings.Select(f => new SarifResult(f.Advisory.Name, LevelOf(f), $"{f.Component.Name} {f.Component.Version} ({string.Join(' ', f.Component.Packages)}): {Rating(f.Advisory)}, {Verdict(f)}",
            new Uri(report.Subject, UriKind.RelativeOrAbsolute) is { IsAbsoluteUri: true } uri ? uri.AbsoluteUri : report.Subject, f.IsOpen ? null : f.Reason)));

    private static string LevelOf(CveFinding finding) => !finding.IsOpen ? "note" : finding.Advisory.Severity >= AdvisorySeverity.High ? "error" : "warning";

    private static string Rating(Advisory advisory) =>
        advisory.Score is { } score ? string.Create(CultureInfo.InvariantCulture, $"{Level(advisory.Severity)} {score:0.0}") : Level(advisory.Severity);

    private static string Level(AdvisorySeverity severity) => severity.ToString().ToLowerInvariant();

    private static string Word(CveState state) => state switch
    {
        CveState.Affected => "affected",
        CveState.Undetermined => "undetermined",
        CveState.UnderInvestigation => "under_investigation",
        CveState.Fixed => "fixed",
        CveState.NotAffected => "not_affected",
        _ => throw new InvalidOperationException($"unknown state {state}"),
    };

    private static string Verdict(CveFinding finding)
    {
        var verdict = finding.State switch
        {
            CveState.Affected => finding.FixedIn is { } version ? $"affected, fixed in {version}" : "affected, no fixed version known",
            CveState.Undetermined => "undetermined: the database names commits only",
            _ => Word(finding.State).Replace('_', ' '),
        };
        return finding.Reason.Length > 0 ? $"{verdict} ({finding.Reason})" : verdict;
    }

    private static string FirstLine(string text) => text.Split('\n', 2)[0].Trim();
}
