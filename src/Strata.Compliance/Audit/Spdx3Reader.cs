using System.Collections.Immutable;
using System.Text.Json;
using Strata.Core;

namespace Strata.Compliance;

/// <summary>Reads SPDX 3.0.1 in JSON-LD: one graph of elements, among them the relationships between the others.</summary>
internal sealed class Spdx3Reader
{
    private const string Individuals = "https://spdx.org/rdf/3.0.1/terms/";

    private readonly string _path;
    private readonly Diagnostics _diagnostics;
    private readonly Dictionary<string, JsonElement> _elements = new(StringComparer.Ordinal);
    private readonly ILookup<string, (string Type, string To)> _relations;
    private readonly ILookup<string, (string Type, string From)> _inverse;

    public Spdx3Reader(string path, JsonElement root, Diagnostics diagnostics)
    {
        (_path, _diagnostics) = (path, diagnostics);
        var graph = root.Elements("@graph").ToList();
        foreach (var element in graph)
            if (IdOf(element) is { Length: > 0 } id) _elements.TryAdd(id, element);
        var relations = graph.Where(e => e.Text("type") == "Relationship").SelectMany(Relations).ToList();
        _relations = relations.ToLookup(r => r.From, r => (r.Type, r.To), StringComparer.Ordinal);
        _inverse = relations.ToLookup(r => r.To, r => (r.Type, r.From), StringComparer.Ordinal);
    }

    public StatedImage Read()
    {
        var sbom = _elements.Values.Where(e => e.Text("type") == "software_Sbom").Select(e => (JsonElement?)e).FirstOrDefault() ?? throw new JsonException("it has no software_Sbom");
        var image = sbom.Texts("rootElement").FirstOrDefault() ?? "";
        var packages = _elements.Where(e => e.Value.Text("type") == "software_Package").Select(e => e.Key).ToList();
        var recipes = packages.Where(p => _relations[p].Any(r => r.Type == "generates")).ToHashSet(StringComparer.Ordinal);
        var others = new HashSet<string>([.. recipes, .. recipes.SelectMany(Sources).Select(s => s.Id)], StringComparer.Ordinal);
        if (_elements.TryGetValue(image, out var self) && NamesOf(self).IsEmpty) others.Add(image);
        return new(
            sbom.Text("name"),
            [.. packages.Where(p => !others.Contains(p) && _elements[p].Text("software_primaryPurpose") is not ("source" or "patch")).Select(Package).OrderBy(p => p.Name, StringComparer.Ordinal)],
            [.. recipes.Select(Recipe).OrderBy(r => r.Name, StringComparer.Ordinal)],
            FilesOf(image));
    }

    private StatedPackage Package(string id)
    {
        var recipe = _inverse[id].FirstOrDefault(r => r.Type == "generates").From;
        return new(
            _elements[id].Text("name"), _elements[id].Text("software_packageVersion"), LicenseOf(id), recipe is null ? null : _elements[recipe].Text("name"),
            [.. Targets(id, "dependsOn").Where(IsPackage).Select(t => _elements[t].Text("name")).Order(StringComparer.Ordinal)],
            FilesOf(id))
        {
            Names = NamesOf(_elements[id]),
            LinkedInto = [.. _inverse[id].Where(r => r.Type == "hasStaticLink" && IsPackage(r.From)).Select(r => _elements[r.From].Text("name")).Order(StringComparer.Ordinal)],
        };
    }

    private StatedRecipe Recipe(string id) => new(
        _elements[id].Text("name"), _elements[id].Text("software_packageVersion"), [.. Sources(id).Select(s => Source(_elements[s.Id], s.IsPatch))])
    { Names = NamesOf(_elements[id]) };

    private IEnumerable<(string Id, bool IsPatch)> Sources(string recipe) =>
        Targets(recipe, "contains").Select(s => (s, false)).Concat(Targets(recipe, "patchedBy").Select(s => (s, true))).Where(s => IsPackage(s.Item1));

    private static StatedSource Source(JsonElement element, bool isPatch)
    {
        var (address, commit) = SourceLocation.Split(element.Text("software_downloadLocation"));
        return new(element.Text("name"), Sha256(element) is { Length: > 0 } digest ? digest : commit)
        {
            Address = address, IsPatch = isPatch, Fixes = PatchFixes.FromComment(element.Text("comment")),
        };
    }

    private string LicenseOf(string id) => Targets(id, "hasDeclaredLicense").Select(t => _elements.TryGetValue(t, out var license)
        ? license.Text("simplelicensing_licenseExpression") : BillOfMaterials.NoAssertion).FirstOrDefault() ?? "";

    private ImmutableSortedDictionary<string, string> FilesOf(string owner)
    {
        var files = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var id in Targets(owner, "contains"))
            if (_elements.TryGetValue(id, out var file) && file.Text("type") == "software_File") files["/" + file.Text("name").TrimStart('.').TrimStart('/')] = Sha256(file);
        return files.ToImmutable();
    }

    private static StatedNames NamesOf(JsonElement element)
    {
        var identifiers = element.Elements("externalIdentifier").ToLookup(i => i.Text("externalIdentifierType"), i => i.Text("identifier"), StringComparer.Ordinal);
        return new([.. identifiers["packageUrl"].Append(element.Text("software_packageUrl")).Where(p => p.Length > 0).Distinct(StringComparer.Ordinal)], [.. identifiers["cpe23"]]);
    }

    private IEnumerable<string> Targets(string from, string type) => _relations[from].Where(r => r.Type == type).Select(r => r.To);

    private bool IsPackage(string id) => _elements.TryGetValue(id, out var element) && element.Text("type") == "software_Package";

    /// <summary>Those that lead somewhere; the others are reported.</summary>
    private IEnumerable<(string From, string Type, string To)> Relations(JsonElement relationship)
    {
        var (from, type) = (relationship.Text("from"), relationship.Text("relationshipType"));
        foreach (var to in relationship.Texts("to"))
            if (IsKnown(from) && IsKnown(to)) yield return (from, type, to);
            else _diagnostics.Add(ComplianceRules.BadReference(_path, from, IsKnown(from) ? to : from));
    }

    /// <summary>The format has elements of its own, such as the licence that nobody asserts.</summary>
    private bool IsKnown(string id) => _elements.ContainsKey(id) || id is "NoneElement" or "NoAssertionElement" || id.StartsWith("expandedlicensing_No", StringComparison.Ordinal) || id.StartsWith(Individuals, StringComparison.Ordinal);

    private static string IdOf(JsonElement element) => element.Text("spdxId") is { Length: > 0 } id ? id : element.Text("@id");

    private static string Sha256(JsonElement element)
    {
        foreach (var hash in element.Elements("verifiedUsing"))
            if (hash.Text("algorithm") == "sha256" && Digest.TryParse(hash.Text("hashValue"), out var digest)) return digest.Hex;
        return "";
    }
}
