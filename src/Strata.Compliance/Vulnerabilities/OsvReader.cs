using System.Collections.Immutable;
using System.Text.Json;

namespace Strata.Compliance;

/// <summary>Reads one OSV document (schema 1.x).</summary>
internal static class OsvReader
{
    /// <summary>Null when it was withdrawn.</summary>
    public static Advisory? Read(JsonElement root)
    {
        if (root.Member("withdrawn") is not null) return null;
        var affected = root.Elements("affected").ToList();
        var score = Vectors(root).Concat(affected.SelectMany(Vectors)).Select(CvssVector.BaseScore).Max();
        return new(
            root.Text("id"), [.. root.Texts("aliases").Order(StringComparer.Ordinal)], root.Text("summary") is { Length: > 0 } summary ? summary : FirstLine(root.Text("details")),
            score is null ? Worded(root, affected) : CvssVector.SeverityOf(score), score, [.. affected.SelectMany(Products)]);
    }

    private static IEnumerable<string> Vectors(JsonElement element) => element.Elements("severity").Select(s => s.Text("score"));

    /// <summary>Where there is no vector that can be computed, databases say it in a word of their own.</summary>
    private static AdvisorySeverity Worded(JsonElement root, IEnumerable<JsonElement> affected) => affected.Prepend(root)
        .SelectMany(e => (JsonElement?[])[e.Member("database_specific"), e.Member("ecosystem_specific")]).OfType<JsonElement>()
        .Where(e => e.ValueKind == JsonValueKind.Object && e.Member("severity") is { ValueKind: JsonValueKind.String })
        .Select(e => NvdReader.SeverityNamed(e.Text("severity"))).FirstOrDefault(s => s != AdvisorySeverity.Unrated, AdvisorySeverity.Unrated);

    private static string FirstLine(string text) => text.Split('\n', 2)[0].Trim();

    private static IEnumerable<AffectedProduct> Products(JsonElement affected)
    {
        var package = affected.Member("package");
        var (ecosystem, name) = (package?.Text("ecosystem") ?? "", package?.Text("name") ?? "");
        ImmutableArray<string> versions = [.. affected.Texts("versions")];
        var ranges = affected.Elements("ranges").Select(r => (Repository: r.Text("repo"), Range: Range(r, ecosystem))).ToList();
        ImmutableArray<VersionRange> ordered = [.. ranges.Where(r => r.Range.Scheme != VersionScheme.Commit).Select(r => r.Range)];
        if (name.Length > 0) yield return new(ecosystem, "*", name, "", versions, ordered) { AllVersions = versions.IsEmpty && ranges.Count == 0 };
        foreach (var repository in ranges.Where(r => r.Range.Scheme == VersionScheme.Commit).GroupBy(r => r.Repository, r => r.Range, StringComparer.Ordinal))
            yield return new("GIT", "*", name, repository.Key, versions, [.. repository]);
    }

    private static VersionRange Range(JsonElement range, string ecosystem) => new(
        range.Text("type") switch
        {
            "GIT" => VersionScheme.Commit,
            "SEMVER" => VersionScheme.Semantic,
            "ECOSYSTEM" => VersionOrder.SchemeOf(ecosystem),
            var other => throw new InvalidDataException($"a range has the type '{other}'"),
        },
        [.. range.Elements("events").SelectMany(Events)]);

    private static IEnumerable<VersionEvent> Events(JsonElement e)
    {
        if (e.Text("introduced") is { Length: > 0 } introduced) yield return new(VersionEventKind.Introduced, introduced);
        if (e.Text("fixed") is { Length: > 0 } mended) yield return new(VersionEventKind.Fixed, mended);
        if (e.Text("last_affected") is { Length: > 0 } last) yield return new(VersionEventKind.LastAffected, last);
    }
}
