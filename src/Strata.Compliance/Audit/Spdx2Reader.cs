using System.Collections.Immutable;
using System.Text.Json;
using Strata.Core;

namespace Strata.Compliance;

/// <summary>Reads SPDX 2.3 in JSON.</summary>
internal sealed class Spdx2Reader
{
    private readonly string _path;
    private readonly JsonElement _root;
    private readonly Diagnostics _diagnostics;
    private readonly Dictionary<string, JsonElement> _packages = new(StringComparer.Ordinal);
    private readonly Dictionary<string, JsonElement> _files = new(StringComparer.Ordinal);
    private readonly ILookup<string, (string Type, string To)> _relations;

    public Spdx2Reader(string path, JsonElement root, Diagnostics diagnostics)
    {
        (_path, _root, _diagnostics) = (path, root, diagnostics);
        foreach (var package in root.Elements("packages")) _packages.TryAdd(package.Text("SPDXID"), package);
        foreach (var file in root.Elements("files")) _files.TryAdd(file.Text("SPDXID"), file);
        _relations = Relations().ToLookup(r => r.From, r => (r.Type, r.To), StringComparer.Ordinal);
    }

    public StatedImage Read()
    {
        // What the document describes is the image; what things were generated from are recipes, with sources; everything else are packages.
        var image = _relations[SpdxNames.Document].FirstOrDefault(r => r.Type == "DESCRIBES").To ?? _root.Texts("documentDescribes").FirstOrDefault() ?? "";
        var patches = _relations.SelectMany(g => g.Where(r => r.Type == "PATCH_FOR").Select(r => (Recipe: r.To, Patch: g.Key))).ToLookup(p => p.Recipe, p => p.Patch, StringComparer.Ordinal);
        var recipes = _packages.Keys.SelectMany(p => _relations[p]).Where(r => r.Type == "GENERATED_FROM").Select(r => r.To).Where(_packages.ContainsKey).ToHashSet(StringComparer.Ordinal);
        var sources = recipes.ToDictionary(r => r, r => SourcesOf(r).Concat(patches[r]).Where(_packages.ContainsKey).ToList(), StringComparer.Ordinal);
        var others = new HashSet<string>([.. recipes, .. sources.Values.SelectMany(s => s)], StringComparer.Ordinal);
        if (_packages.TryGetValue(image, out var self) && NamesOf(self).IsEmpty) others.Add(image);
        return new(
            _root.Text("name"),
            [.. _packages.Keys.Where(p => !others.Contains(p) && _packages[p].Text("primaryPackagePurpose") != "SOURCE").Select(Package).OrderBy(p => p.Name, StringComparer.Ordinal)],
            [.. recipes.Select(r => Recipe(r, sources[r], patches[r])).OrderBy(r => r.Name, StringComparer.Ordinal)],
            FilesOf(image));
    }

    private IEnumerable<string> SourcesOf(string recipe) => _relations[recipe].Where(r => r.Type == "CONTAINS").Select(r => r.To);

    private StatedPackage Package(string id)
    {
        var element = _packages[id];
        var recipe = _relations[id].FirstOrDefault(r => r.Type == "GENERATED_FROM" && _packages.ContainsKey(r.To)).To;
        return new(
            element.Text("name"), element.Text("versionInfo"), element.Text("licenseDeclared"), recipe is null ? null : _packages[recipe].Text("name"),
            [.. _relations[id].Where(r => r.Type == "DEPENDS_ON" && _packages.ContainsKey(r.To)).Select(r => _packages[r.To].Text("name")).Order(StringComparer.Ordinal)],
            FilesOf(id))
        {
            Names = NamesOf(element),
            LinkedInto = [.. _packages.Keys.Where(p => _relations[p].Contains(("STATIC_LINK", id))).Select(p => _packages[p].Text("name")).Order(StringComparer.Ordinal)],
        };
    }

    private StatedRecipe Recipe(string id, IEnumerable<string> sources, IEnumerable<string> patches) =>
        new(_packages[id].Text("name"), _packages[id].Text("versionInfo"), [.. sources.Select(s => Source(_packages[s], patches.Contains(s)))]) { Names = NamesOf(_packages[id]) };

    private static StatedSource Source(JsonElement element, bool isPatch)
    {
        var (address, commit) = SourceLocation.Split(element.Text("downloadLocation"));
        return new(element.Text("name"), Sha256(element) is { Length: > 0 } digest ? digest : commit)
        {
            Address = address is "NONE" or BillOfMaterials.NoAssertion ? "" : address,
            IsPatch = isPatch,
            Fixes = PatchFixes.FromComment(element.Text("comment")),
        };
    }

    private static StatedNames NamesOf(JsonElement package)
    {
        var references = package.Elements("externalRefs").ToLookup(r => r.Text("referenceType"), r => r.Text("referenceLocator"), StringComparer.Ordinal);
        return new([.. references["purl"]], [.. references["cpe23Type"]]);
    }

    private ImmutableSortedDictionary<string, string> FilesOf(string owner)
    {
        var files = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var (type, to) in _relations[owner])
            if (type == "CONTAINS" && _files.TryGetValue(to, out var file)) files["/" + file.Text("fileName").TrimStart('.').TrimStart('/')] = Sha256(file);
        return files.ToImmutable();
    }

    /// <summary>Those that lead somewhere; the others are reported.</summary>
    private IEnumerable<(string From, string Type, string To)> Relations()
    {
        foreach (var relation in _root.Elements("relationships"))
        {
            var (from, type, to) = (relation.Text("spdxElementId"), relation.Text("relationshipType"), relation.Text("relatedSpdxElement"));
            if (IsKnown(from) && (IsKnown(to) || to is "NONE" or "NOASSERTION")) yield return (from, type, to);
            else _diagnostics.Add(ComplianceRules.BadReference(_path, from, IsKnown(from) ? to : from));
        }
    }

    private bool IsKnown(string id) => id == SpdxNames.Document || id.StartsWith("DocumentRef-", StringComparison.Ordinal) || _packages.ContainsKey(id) || _files.ContainsKey(id);

    private static string Sha256(JsonElement element)
    {
        foreach (var checksum in element.Elements("checksums"))
            if (checksum.Text("algorithm") == "SHA256" && Digest.TryParse(checksum.Text("checksumValue"), out var digest)) return digest.Hex;
        return "";
    }
}
