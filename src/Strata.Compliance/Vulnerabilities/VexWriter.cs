using System.Collections.Immutable;
using System.Text.Json;

namespace Strata.Compliance;

/// <summary>Writes what is known of vulnerabilities beside an SBOM, never inside: it changes when the image does not.</summary>
public sealed class VexWriter
{
    private readonly BillOfMaterials _bill;
    private readonly ImmutableArray<CveStatus> _statuses;
    private readonly Utf8JsonWriter _json;

    private VexWriter(BillOfMaterials bill, ImmutableArray<CveStatus> statuses, Utf8JsonWriter json) => (_bill, _statuses, _json) = (bill, statuses, json);

    /// <summary>
    /// Those of recipes in the image. Configuration can state a CVE for all recipes; it counts for those whose product is meant. A patch that names a
    /// CVE mends it, unless the recipe says otherwise.
    /// </summary>
    public static ImmutableArray<CveStatus> Relevant(BillOfMaterials bill, IEnumerable<CveStatus> statuses)
    {
        var stated = statuses.Where(s => bill.Recipes.Any(r => r.Recipe.Recipe == s.Recipe && IsMeant(s.Product, r))).ToList();
        var known = stated.Select(s => (s.Recipe, s.Cve)).ToHashSet();
        var patched =
            from recipe in bill.Recipes
            from patch in recipe.Recipe.Sources
            where patch.Fixes is not null
            from cve in patch.Fixes!.Split(' ')
            where known.Add((recipe.Recipe.Recipe, cve))
            select new CveStatus(recipe.Recipe.Recipe, cve, "backported-patch", "*", patch.Address);
        return [.. stated.Concat(patched).OrderBy(s => s.Cve, StringComparer.Ordinal).ThenBy(s => s.Recipe, StringComparer.Ordinal)];

        static bool IsMeant(string product, BillRecipe recipe) => product == "*" || recipe.Recipe.Cpes.Any(c => c.Contains($":{product}:", StringComparison.Ordinal));
    }

    /// <summary>OpenVEX 0.2.0, which must have at least one statement.</summary>
    public static void WriteOpenVex(BillOfMaterials bill, ImmutableArray<CveStatus> statuses, Stream stream) =>
        JsonDocumentWriter.Write(stream, json => new VexWriter(bill, statuses, json).OpenVex());

    /// <summary>CycloneDX 1.6 with nothing but vulnerabilities, which refer to the components of the SBOM by BOM-Link.</summary>
    public static void WriteCycloneDx(BillOfMaterials bill, ImmutableArray<CveStatus> statuses, Stream stream) =>
        JsonDocumentWriter.Write(stream, json => new VexWriter(bill, statuses, json).CycloneDx());

    private void OpenVex() => _json.Object(() =>
    {
        _json.WriteString("@context", "https://openvex.dev/ns/v0.2.0");
        _json.WriteString("@id", $"{_bill.Origin.NamespacePrefix.TrimEnd('/')}/{_bill.Name}-{_bill.Uuid}/vex");
        _json.WriteString("author", _bill.Origin.Supplier);
        _json.WriteString("timestamp", JsonDocumentWriter.Time(_bill.Origin.Created));
        _json.WriteNumber("version", 1);
        _json.Array("statements", _statuses, status => _json.Object(() =>
        {
            _json.Object("vulnerability", () => _json.WriteString("name", status.Cve));
            _json.Array("products", PackagesOf(status), package => _json.Object(() => _json.WriteString("@id", package.Purl)));
            switch (status.Status)
            {
                case VexStatus.Fixed:
                    _json.WriteString("status", "fixed");
                    _json.WriteString("status_notes", status.Explanation);
                    break;
                case VexStatus.NotAffected:
                    _json.WriteString("status", "not_affected");
                    _json.StringIfAny("justification", Justification(status));
                    _json.WriteString("impact_statement", status.Explanation);
                    break;
                case VexStatus.UnderInvestigation:
                    _json.WriteString("status", "under_investigation");
                    _json.WriteString("status_notes", status.Explanation);
                    break;
                case VexStatus.Affected:
                    _json.WriteString("status", "affected");
                    _json.WriteString("action_statement", status.Explanation);
                    break;
            }
        }));
    });

    private static string? Justification(CveStatus status) => status.Detail switch
    {
        "not-applicable-platform" or "not-applicable-config" => "vulnerable_code_not_present",
        "cpe-incorrect" => "component_not_present",
        _ => null,
    };

    private void CycloneDx() => _json.Object(() =>
    {
        _json.WriteString("$schema", "http://cyclonedx.org/schema/bom-1.6.schema.json");
        _json.WriteString("bomFormat", "CycloneDX");
        _json.WriteString("specVersion", "1.6");
        _json.WriteNumber("version", 1);
        _json.Object("metadata", () => _json.WriteString("timestamp", JsonDocumentWriter.Time(_bill.Origin.Created)));
        _json.Array("vulnerabilities", _statuses, status => _json.Object(() =>
        {
            _json.WriteString("id", status.Cve);
            _json.Object("analysis", () =>
            {
                _json.WriteString("state", status.Status switch
                {
                    VexStatus.Fixed => "resolved",
                    VexStatus.NotAffected => "not_affected",
                    VexStatus.UnderInvestigation => "in_triage",
                    _ => "exploitable",
                });
                _json.StringIfAny("justification", Justification(status) is null ? null : "code_not_present");
                _json.WriteString("detail", status.Explanation);
            });
            _json.Array("affects", PackagesOf(status), package => _json.Object(() =>
                _json.WriteString("ref", $"urn:cdx:{_bill.Uuid}/1#{SpdxNames.Package(package.Package.Name)}")));
        }));
    });

    private IEnumerable<BillPackage> PackagesOf(CveStatus status) => _bill.Packages.Where(p => p.Package.Recipe == status.Recipe);
}
