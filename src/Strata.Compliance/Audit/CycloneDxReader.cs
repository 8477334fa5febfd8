using System.Collections.Immutable;
using System.Text.Json;
using Strata.Core;

namespace Strata.Compliance;

/// <summary>Reads CycloneDX 1.6 in JSON. It knows no recipes; those of Strata are told by what it writes of each component.</summary>
internal sealed class CycloneDxReader(string path, JsonElement root, Diagnostics diagnostics)
{
    private readonly Dictionary<string, JsonElement> _components = new(StringComparer.Ordinal);

    public StatedImage Read()
    {
        var top = root.Elements("components").ToList();
        var all = top.SelectMany(WithParts).ToList();
        foreach (var component in all)
            if (component.Text("bom-ref") is { Length: > 0 } id) _components.TryAdd(id, component);
        var depends = Dependencies().ToLookup(d => d.From, d => d.To, StringComparer.Ordinal);
        var packages = all.Where(c => c.Text("type") != "file").ToList();
        return new(
            root.Member("metadata")?.Member("component")?.Text("name") ?? "",
            [.. packages.Select(c => Package(c, depends)).OrderBy(p => p.Name, StringComparer.Ordinal)],
            [.. packages.Where(p => RecipeOf(p) is not null).DistinctBy(RecipeOf, StringComparer.Ordinal).Select(Recipe).OrderBy(r => r.Name, StringComparer.Ordinal)],
            Files(top));
    }

    /// <summary>Others nest libraries in what they are part of; JSON is nested 64 deep at most.</summary>
    private static IEnumerable<JsonElement> WithParts(JsonElement component) => component.Elements("components").SelectMany(WithParts).Prepend(component);

    private StatedPackage Package(JsonElement component, ILookup<string, string> depends) => new(
        component.Text("name"), component.Text("version"), LicenseOf(component), RecipeOf(component),
        [.. depends[component.Text("bom-ref")].Where(d => !IsLinked(_components[d])).Select(d => _components[d].Text("name")).Order(StringComparer.Ordinal)], Files(component.Elements("components")))
    {
        Names = NamesOf(component),
        LinkedInto = !IsLinked(component) ? [] : [.. depends.Where(d => d.Contains(component.Text("bom-ref")) && _components.TryGetValue(d.Key, out var into) && into.Text("type") != "file").Select(d => _components[d.Key].Text("name")).Order(StringComparer.Ordinal)],
    };

    private static bool IsLinked(JsonElement component) => Property(component, "strata:linkage") == "static";

    private static StatedRecipe Recipe(JsonElement component)
    {
        var fixes = component.Member("pedigree") is { } pedigree
            ? pedigree.Elements("patches").DistinctBy(p => UrlOf(p), StringComparer.Ordinal).ToDictionary(p => UrlOf(p), Fixes, StringComparer.Ordinal)
            : [];
        var sources = component.Elements("externalReferences").Where(r => r.Text("type") is "vcs" or "source-distribution" || r.Text("comment").Length > 0).Select(r => Source(r, fixes));
        return new(RecipeOf(component)!, WithoutRevision(component.Text("version")), [.. sources]) { Names = NamesOf(component) with { Purls = [] } };
    }

    /// <summary>Packages are numbered beyond the version of their recipe: <c>1.2-r0</c>.</summary>
    private static string WithoutRevision(string version) =>
        version.LastIndexOf("-r", StringComparison.Ordinal) is > 0 and var dash && version.AsSpan(dash + 2).IndexOfAnyExceptInRange('0', '9') < 0 ? version[..dash] : version;

    private static string UrlOf(JsonElement patch) => patch.Member("diff")?.Text("url") ?? "";

    private static string Fixes(JsonElement patch) => string.Join(' ', patch.Elements("resolves").Select(i => i.Text("id")));

    private static StatedSource Source(JsonElement reference, Dictionary<string, string> fixes)
    {
        var (address, commit) = SourceLocation.Split(reference.Text("url"));
        return new(address[(address.LastIndexOf('/') + 1)..], Sha256(reference) is { Length: > 0 } digest ? digest : commit)
        {
            Address = address, IsPatch = fixes.ContainsKey(address), Fixes = fixes.GetValueOrDefault(address, ""),
        };
    }

    private static string LicenseOf(JsonElement component) => Property(component, "strata:license:declared") ?? string.Join(" AND ", component.Elements("licenses").Select(l =>
        l.Text("expression") is { Length: > 0 } expression ? $"({expression})"
        : l.Member("license") is not { } license ? "" : license.Text("id") is { Length: > 0 } id ? id : license.Text("name")));

    private static string? RecipeOf(JsonElement component) => Property(component, "strata:recipe");

    private static string? Property(JsonElement component, string name) =>
        component.Elements("properties").Where(p => p.Text("name") == name).Select(p => p.Text("value")).FirstOrDefault();

    private static StatedNames NamesOf(JsonElement component) => new(Given(component, "purl"), Given(component, "cpe"));

    private static ImmutableArray<string> Given(JsonElement component, string name) => component.Text(name) is { Length: > 0 } text ? [text] : [];

    private static ImmutableSortedDictionary<string, string> Files(IEnumerable<JsonElement> components)
    {
        var files = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var file in components.Where(c => c.Text("type") == "file")) files["/" + file.Text("name").TrimStart('/')] = Sha256(file);
        return files.ToImmutable();
    }

    /// <summary>Those between components; what leads nowhere is reported.</summary>
    private IEnumerable<(string From, string To)> Dependencies()
    {
        var image = root.Member("metadata")?.Member("component")?.Text("bom-ref") ?? "";
        foreach (var dependency in root.Elements("dependencies"))
        {
            var from = dependency.Text("ref");
            foreach (var to in dependency.Texts("dependsOn"))
                if (_components.ContainsKey(to) && (_components.ContainsKey(from) || from == image)) yield return (from, to);
                else diagnostics.Add(ComplianceRules.BadReference(path, from, to));
        }
    }

    private static string Sha256(JsonElement element)
    {
        foreach (var hash in element.Elements("hashes"))
            if (hash.Text("alg") == "SHA-256" && Digest.TryParse(hash.Text("content"), out var digest)) return digest.Hex;
        return "";
    }
}
