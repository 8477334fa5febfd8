using System.Collections.Immutable;
using System.Text.Json;
using Strata.Core;

namespace Strata.Compliance;

/// <summary>Reads OpenVEX 0.2 and the vulnerabilities of CycloneDX 1.6, from Strata or from elsewhere.</summary>
public static class VexReader
{
    /// <summary>Null after reporting why it cannot be read.</summary>
    public static ImmutableArray<VexStatement>? Read(string path, Diagnostics diagnostics)
    {
        try
        {
            return Read(path, File.ReadAllBytes(path), diagnostics);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            diagnostics.Add(ComplianceRules.BadVex(path, e.Message));
            return null;
        }
    }

    /// <summary>Null after reporting why it cannot be read.</summary>
    /// <param name="name">For messages.</param>
    public static ImmutableArray<VexStatement>? Read(string name, byte[] content, Diagnostics diagnostics)
    {
        try
        {
            using var document = JsonDocument.Parse(content);
            var root = document.RootElement;
            if (root.ValueKind == JsonValueKind.Object && root.Text("@context").StartsWith("https://openvex.dev/ns", StringComparison.Ordinal)) return [.. root.Elements("statements").Select(OpenVex)];
            if (root.ValueKind == JsonValueKind.Object && root.Text("bomFormat") == "CycloneDX") return [.. root.Elements("vulnerabilities").Select(CycloneDx)];
            throw new JsonException("it is neither OpenVEX nor CycloneDX");
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            diagnostics.Add(ComplianceRules.BadVex(name, e.Message));
            return null;
        }
    }

    private static VexStatement OpenVex(JsonElement statement) => new(
        statement.Member("vulnerability")?.Text("name") ?? "",
        [.. statement.Elements("products").Select(p => p.Text("@id"))],
        statement.Text("status") switch
        {
            "fixed" => VexStatus.Fixed,
            "not_affected" => VexStatus.NotAffected,
            "under_investigation" => VexStatus.UnderInvestigation,
            "affected" => VexStatus.Affected,
            var other => throw new JsonException($"a statement has the status '{other}'"),
        },
        FirstOf(statement, "status_notes", "impact_statement", "action_statement", "justification"));

    private static VexStatement CycloneDx(JsonElement vulnerability)
    {
        var analysis = vulnerability.Member("analysis");
        return new(
            vulnerability.Text("id"),
            [.. vulnerability.Elements("affects").Select(a => a.Text("ref")).Select(r => r[(r.LastIndexOf('#') + 1)..])],
            analysis?.Text("state") switch
            {
                "resolved" or "resolved_with_pedigree" => VexStatus.Fixed,
                "not_affected" or "false_positive" => VexStatus.NotAffected,
                "in_triage" => VexStatus.UnderInvestigation,
                _ => VexStatus.Affected,
            },
            analysis is { } said ? FirstOf(said, "detail", "justification") : "");
    }

    private static string FirstOf(JsonElement element, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
            if (element.Text(name) is { Length: > 0 } text) return text;
        return "";
    }
}
