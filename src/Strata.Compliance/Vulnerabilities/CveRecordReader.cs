using System.Collections.Immutable;
using System.Text.Json;

namespace Strata.Compliance;

/// <summary>Reads one CVE record, version 5.x, as the CVE programme publishes it.</summary>
internal static class CveRecordReader
{
    /// <summary>Null when it was rejected.</summary>
    public static Advisory? Read(JsonElement root)
    {
        var metadata = root.GetProperty("cveMetadata");
        if (metadata.Text("state") == "REJECTED" || root.Member("containers") is not { } containers) return null;
        var parts = containers.Elements("adp").ToList();
        if (containers.Member("cna") is { } cna) parts.Insert(0, cna);
        var score = parts.SelectMany(p => p.Elements("metrics")).SelectMany(Scores).Max();
        return new(metadata.Text("cveId"), [], parts.Select(NvdReader.Description).FirstOrDefault(d => d.Length > 0) ?? "", CvssVector.SeverityOf(score), score,
            [.. parts.SelectMany(p => p.Elements("affected")).SelectMany(Products)]);
    }

    private static IEnumerable<double?> Scores(JsonElement metric) =>
        ((string[])["cvssV4_0", "cvssV3_1", "cvssV3_0", "cvssV2_0"]).Select(v => metric.Member(v)?.Member("baseScore")?.GetDouble());

    /// <summary>One for each name: vendor and product, and what CPEs say besides.</summary>
    private static IEnumerable<AffectedProduct> Products(JsonElement affected)
    {
        var entries = affected.Elements("versions").ToLookup(v => v.Text("status"), StringComparer.Ordinal);
        ImmutableArray<VersionRange> ranges = [.. entries["affected"].Select(Range).OfType<VersionRange>()];
        ImmutableArray<string> versions = [.. entries["affected"].Where(v => Range(v) is null && v.Text("versionType") != "git").Select(v => v.Text("version")).Where(IsVersion)];
        ImmutableArray<VersionRange> unaffected = [.. entries["unaffected"].Select(e => Range(e) ?? Single(e)).OfType<VersionRange>()];
        var names = affected.Texts("cpes").Select(c => Cpe.TryParse(c, out var cpe) ? (cpe.Vendor, cpe.Product) : default).Where(n => n.Product is not null)
            // A vendor in free words is no vendor of a CPE; to leave one out would hide what is true.
            .Append((Vendor: "*", Product: affected.Text("product"))).Where(n => n.Product.Length > 0).Distinct();
        foreach (var (vendor, product) in names)
            yield return new("", vendor, product, "", versions, ranges) { AllVersions = affected.Text("defaultStatus") == "affected", Unaffected = unaffected };
    }

    private static bool IsVersion(string text) => text.Length > 0 && text is not ("n/a" or "unspecified" or "*");

    /// <summary>Null for a single version, and for commits.</summary>
    private static VersionRange? Range(JsonElement entry)
    {
        if (entry.Text("versionType") == "git") return null;
        var scheme = entry.Text("versionType") is "semver" ? VersionScheme.Semantic : entry.Text("versionType") is "python" ? VersionScheme.Python : VersionScheme.Upstream;
        var version = entry.Text("version");
        if (Compared(version) is { IsEmpty: false } compared) return new(scheme, compared);
        var (below, upTo) = (entry.Text("lessThan"), entry.Text("lessThanOrEqual"));
        if (below.Length == 0 && upTo.Length == 0) return null;
        var start = new VersionEvent(VersionEventKind.Introduced, IsVersion(version) ? version : "0");
        return (below, upTo) switch
        {
            ("*", _) or (_, "*") => new(scheme, [start]),
            ({ Length: > 0 }, _) => new(scheme, [start, new(VersionEventKind.Fixed, below)]),
            _ => new(scheme, [start, new(VersionEventKind.LastAffected, Highest(upTo))]),
        };
    }

    /// <summary>Some write comparisons where a version belongs: <c>&gt;= 1.0, &lt; 1.2</c>. Empty when it is none.</summary>
    private static ImmutableArray<VersionEvent> Compared(string text)
    {
        if (text is not ['<' or '>' or '=', ..]) return [];
        var events = text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).SelectMany<string, VersionEvent>(part => part switch
        {
            ['<', '=', .. var rest] => [new(VersionEventKind.LastAffected, rest.Trim())],
            ['<', .. var rest] => [new(VersionEventKind.Fixed, rest.Trim())],
            ['>', '=', .. var rest] => [new(VersionEventKind.Introduced, rest.Trim())],
            ['>', .. var rest] => [new(VersionEventKind.IntroducedAfter, rest.Trim())],
            ['=', .. var rest] => [new(VersionEventKind.Introduced, rest.Trim(' ', '=')), new(VersionEventKind.LastAffected, rest.Trim(' ', '='))],
            _ => [],
        }).ToImmutableArray();
        return events.All(e => e.Kind is VersionEventKind.Fixed or VersionEventKind.LastAffected) ? events.Insert(0, new(VersionEventKind.Introduced, "0")) : events;
    }

    private static VersionRange? Single(JsonElement entry) => entry.Text("versionType") == "git" || !IsVersion(entry.Text("version")) ? null
        : new(VersionScheme.Upstream, [new(VersionEventKind.Introduced, entry.Text("version")), new(VersionEventKind.LastAffected, entry.Text("version"))]);

    /// <summary><c>5.10.*</c> is every version that begins so.</summary>
    private static string Highest(string version) => version.EndsWith(".*", StringComparison.Ordinal) ? version[..^1] + "999999999" : version;
}
