using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Strata.Core;

namespace Strata.Compliance;

/// <summary>Writes the reports about an image that people read. Same image, same bytes.</summary>
public static class LicenseReportWriter
{
    public const string VerdictsName = "policy.json";

    private static readonly ImmutableSortedDictionary<string, string> s_reports = new Dictionary<string, string>
    {
        ["notice-text"] = "NOTICE.txt",
        ["notice-html"] = "NOTICE.html",
        ["report"] = "license-report.html",
        ["table"] = "licenses.csv",
        ["offer"] = "written-offer.txt",
    }.ToImmutableSortedDictionary(StringComparer.Ordinal);

    /// <summary>Names for <see cref="LicenseReportRequest.Reports"/>.</summary>
    public static IEnumerable<string> Known => s_reports.Keys;

    public static void Write(LicenseReportRequest request, Diagnostics diagnostics)
    {
        var (report, verdicts) = LicenseReportBuilder.Build(request, diagnostics);
        AtomicFile.Write(Path.Combine(request.OutputDirectory, VerdictsName), stream => JsonSerializer.Serialize(stream, verdicts, ComplianceJson.Default.ImmutableArrayPackageVerdict));
        foreach (var name in request.Reports)
            if (!s_reports.TryGetValue(name, out var file)) diagnostics.Add(ComplianceRules.UnknownReport(request.Place, name, Known));
            else if (name == "table") AtomicFile.WriteAllText(Path.Combine(request.OutputDirectory, file), Table(report));
            else WriteFilled(request, report, file, diagnostics);
    }

    private static void WriteFilled(LicenseReportRequest request, LicenseReport report, string file, Diagnostics diagnostics)
    {
        var own = request.TemplateDirectory.Length == 0 ? null : Path.Combine(request.TemplateDirectory, file + ".hbs");
        try
        {
            var template = own is not null && File.Exists(own) ? File.ReadAllText(own) : Default(file + ".hbs");
            AtomicFile.WriteAllText(Path.Combine(request.OutputDirectory, file), ReportTemplate.Fill(template, report, isHtml: file.EndsWith(".html", StringComparison.Ordinal)));
        }
        catch (FormatException e)
        {
            diagnostics.Add(ComplianceRules.BadTemplate(own is null ? request.Place : new(own), e.Message));
        }
    }

    private static string Default(string name)
    {
        using var reader = new StreamReader(typeof(LicenseReportWriter).Assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }

    /// <summary>RFC 4180.</summary>
    private static string Table(LicenseReport report)
    {
        var text = new StringBuilder("package,version,recipe,license,chosen,categories,decision,reason,exception,path,files,linked,effective,unseen\r\n");
        foreach (var p in report.Packages)
            text.AppendJoin(',', new[] { p.Name, p.Version, p.Recipe, p.License, p.Chosen, p.Categories, p.Decision, p.Reason, p.Exception, p.Path, $"{p.Files}", p.Linked, p.Effective, p.Unseen }.Select(Cell)).Append("\r\n");
        return text.ToString();
    }

    /// <summary>A spreadsheet would compute what begins like a formula; a leading quote keeps it text.</summary>
    private static string Cell(string value)
    {
        var safe = value is ['=' or '+' or '-' or '@', ..] ? "'" + value : value;
        return safe.AsSpan().ContainsAny("\",\r\n") ? $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : safe;
    }
}
