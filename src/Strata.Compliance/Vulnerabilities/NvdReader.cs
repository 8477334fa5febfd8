using System.Collections.Immutable;
using System.Text.Json;

namespace Strata.Compliance;

/// <summary>Reads one vulnerability as NVD's API 2.0 gives it.</summary>
internal static class NvdReader
{
    /// <summary>Null when it was rejected.</summary>
    public static Advisory? Read(JsonElement cve)
    {
        if (cve.Text("vulnStatus") == "Rejected") return null;
        var score = Score(cve);
        var matches = cve.Elements("configurations").SelectMany(c => c.Elements("nodes")).SelectMany(n => n.Elements("cpeMatch"));
        return new(cve.Text("id"), [], Description(cve), CvssVector.SeverityOf(score), score, [.. matches.Select(Product).OfType<AffectedProduct>()]);
    }

    /// <summary>The newest version of CVSS that somebody has computed.</summary>
    private static double? Score(JsonElement cve)
    {
        if (cve.Member("metrics") is not { } metrics) return null;
        foreach (var name in (string[])["cvssMetricV40", "cvssMetricV31", "cvssMetricV30", "cvssMetricV2"])
            if (metrics.Elements(name).Select(m => m.Member("cvssData")?.Member("baseScore")?.GetDouble()).Max() is { } score) return score;
        return null;
    }

    public static AdvisorySeverity SeverityNamed(string word) => word.ToUpperInvariant() switch
    {
        "CRITICAL" => AdvisorySeverity.Critical,
        "HIGH" or "IMPORTANT" => AdvisorySeverity.High,
        "MEDIUM" or "MODERATE" => AdvisorySeverity.Medium,
        "LOW" or "NEGLIGIBLE" => AdvisorySeverity.Low,
        "NONE" => AdvisorySeverity.None,
        _ => AdvisorySeverity.Unrated,
    };

    public static string Description(JsonElement element) =>
        element.Elements("descriptions").Where(d => d.Text("lang").StartsWith("en", StringComparison.Ordinal)).Select(d => d.Text("value")).FirstOrDefault() ?? "";

    /// <summary>Null for the platform that a configuration runs on, which has no fault of its own.</summary>
    private static AffectedProduct? Product(JsonElement match)
    {
        if (match.Member("vulnerable") is { } vulnerable && !vulnerable.GetBoolean()) return null;
        var criteria = match.Text("criteria");
        if (!Cpe.TryParse(criteria, out var cpe)) throw new InvalidDataException($"'{criteria}' is no CPE 2.3");
        ImmutableArray<VersionEvent> events = [.. Events(match)];
        if (events.Length > 0)
        {
            if (events.All(e => e.Kind is VersionEventKind.Fixed or VersionEventKind.LastAffected)) events = events.Insert(0, new(VersionEventKind.Introduced, "0"));
            return new("", cpe.Vendor, cpe.Product, "", [], [new(VersionScheme.Upstream, events)]);
        }
        return cpe.Version is "*" ? new("", cpe.Vendor, cpe.Product, "", [], []) { AllVersions = true } : new("", cpe.Vendor, cpe.Product, "", cpe.Version is "-" ? [] : [cpe.Version], []);
    }

    private static IEnumerable<VersionEvent> Events(JsonElement match)
    {
        if (match.Text("versionStartIncluding") is { Length: > 0 } from) yield return new(VersionEventKind.Introduced, from);
        if (match.Text("versionStartExcluding") is { Length: > 0 } after) yield return new(VersionEventKind.IntroducedAfter, after);
        if (match.Text("versionEndIncluding") is { Length: > 0 } last) yield return new(VersionEventKind.LastAffected, last);
        if (match.Text("versionEndExcluding") is { Length: > 0 } mended) yield return new(VersionEventKind.Fixed, mended);
    }
}
