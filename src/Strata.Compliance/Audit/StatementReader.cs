using System.Collections.Immutable;
using System.Text.Json;
using Strata.Core;

namespace Strata.Compliance;

/// <summary>Reads an SBOM in SPDX 2.3, from Strata or from elsewhere; relies on nothing in it.</summary>
public sealed class StatementReader
{
    private const long MaxSize = 512L << 20;

    private readonly string _path;
    private readonly JsonElement _root;
    private readonly Diagnostics _diagnostics;
    private readonly Dictionary<string, JsonElement> _packages = new(StringComparer.Ordinal);
    private readonly Dictionary<string, JsonElement> _files = new(StringComparer.Ordinal);
    private readonly ILookup<string, (string Type, string To)> _relations;

    private StatementReader(string path, JsonElement root, Diagnostics diagnostics)
    {
        (_path, _root, _diagnostics) = (path, root, diagnostics);
        foreach (var package in Elements("packages")) _packages.TryAdd(Text(package, "SPDXID"), package);
        foreach (var file in Elements("files")) _files.TryAdd(Text(file, "SPDXID"), file);
        _relations = Relations().ToLookup(r => r.From, r => (r.Type, r.To), StringComparer.Ordinal);
    }

    /// <summary>Null when it cannot be read, which the diagnostics then say; they name references that lead nowhere, too.</summary>
    public static StatedImage? Read(string path, Diagnostics diagnostics)
    {
        try
        {
            if (new FileInfo(path).Length > MaxSize) throw new JsonException($"it has {new FileInfo(path).Length} bytes");
            using var document = JsonDocument.Parse(File.ReadAllBytes(path));
            if (document.RootElement.ValueKind != JsonValueKind.Object || Text(document.RootElement, "spdxVersion") is not ("SPDX-2.3" or "SPDX-2.2")) throw new JsonException("it is no SPDX 2.3 document");
            return new StatementReader(path, document.RootElement, diagnostics).Read();
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or IOException)
        {
            diagnostics.Add(ComplianceRules.BadStatement(path, e.Message));
            return null;
        }
    }

    private StatedImage Read()
    {
        // What the document describes is the image; what things were generated from are recipes; the rest of what the image contains are packages.
        var image = _relations[SpdxNames.Document].FirstOrDefault(r => r.Type == "DESCRIBES").To ?? Elements("documentDescribes").Select(e => e.GetString()).FirstOrDefault() ?? "";
        var packages = _relations[image].Where(r => r.Type == "CONTAINS" && _packages.ContainsKey(r.To)).Select(r => r.To).Distinct(StringComparer.Ordinal).ToList();
        var recipes = packages.SelectMany(p => _relations[p]).Where(r => r.Type == "GENERATED_FROM").Select(r => r.To).Distinct(StringComparer.Ordinal).Where(_packages.ContainsKey);
        var patches = _relations.SelectMany(g => g.Where(r => r.Type == "PATCH_FOR").Select(r => (Recipe: r.To, Patch: g.Key))).ToLookup(p => p.Recipe, p => p.Patch, StringComparer.Ordinal);
        return new(
            Text(_root, "name"),
            [.. packages.Select(Package).OrderBy(p => p.Name, StringComparer.Ordinal)],
            [.. recipes.Select(r => Recipe(r, patches[r])).OrderBy(r => r.Name, StringComparer.Ordinal)],
            FilesOf(image));
    }

    private StatedPackage Package(string id)
    {
        var element = _packages[id];
        var recipe = _relations[id].FirstOrDefault(r => r.Type == "GENERATED_FROM" && _packages.ContainsKey(r.To)).To;
        return new(
            Text(element, "name"), Text(element, "versionInfo"), Text(element, "licenseDeclared"), recipe is null ? null : Text(_packages[recipe], "name"),
            [.. _relations[id].Where(r => r.Type == "DEPENDS_ON" && _packages.ContainsKey(r.To)).Select(r => Text(_packages[r.To], "name")).Order(StringComparer.Ordinal)],
            FilesOf(id));
    }

    private StatedRecipe Recipe(string id, IEnumerable<string> patches)
    {
        var sources = _relations[id].Where(r => r.Type == "CONTAINS").Select(r => r.To).Concat(patches).Where(_packages.ContainsKey);
        return new(Text(_packages[id], "name"), Text(_packages[id], "versionInfo"), [.. sources.Select(s => new StatedSource(Text(_packages[s], "name"), PinOf(_packages[s])))]);
    }

    private static string PinOf(JsonElement source)
    {
        if (Sha256(source) is { Length: > 0 } digest) return digest;
        var location = Text(source, "downloadLocation");
        return location.StartsWith("git+", StringComparison.Ordinal) && location[(location.LastIndexOf('@') + 1)..] is { Length: 40 or 64 } commit && commit.All(char.IsAsciiHexDigit) ? commit : "";
    }

    private ImmutableSortedDictionary<string, string> FilesOf(string owner)
    {
        var files = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var (type, to) in _relations[owner])
            if (type == "CONTAINS" && _files.TryGetValue(to, out var file)) files["/" + Text(file, "fileName").TrimStart('.').TrimStart('/')] = Sha256(file);
        return files.ToImmutable();
    }

    /// <summary>Those that lead somewhere; the others are reported.</summary>
    private IEnumerable<(string From, string Type, string To)> Relations()
    {
        foreach (var relation in Elements("relationships"))
        {
            var (from, type, to) = (Text(relation, "spdxElementId"), Text(relation, "relationshipType"), Text(relation, "relatedSpdxElement"));
            if (IsKnown(from) && (IsKnown(to) || to is "NONE" or "NOASSERTION")) yield return (from, type, to);
            else _diagnostics.Add(ComplianceRules.BadReference(_path, from, IsKnown(from) ? to : from));
        }
    }

    private bool IsKnown(string id) => id == SpdxNames.Document || id.StartsWith("DocumentRef-", StringComparison.Ordinal) || _packages.ContainsKey(id) || _files.ContainsKey(id);

    private static string Sha256(JsonElement element)
    {
        if (!element.TryGetProperty("checksums", out var checksums)) return "";
        foreach (var checksum in checksums.EnumerateArray())
            if (Text(checksum, "algorithm") == "SHA256" && Digest.TryParse(Text(checksum, "checksumValue"), out var digest)) return digest.Hex;
        return "";
    }

    private IEnumerable<JsonElement> Elements(string name) => _root.TryGetProperty(name, out var array) ? array.EnumerateArray() : [];

    private static string Text(JsonElement element, string name) => element.TryGetProperty(name, out var value) ? value.GetString() ?? "" : "";
}
