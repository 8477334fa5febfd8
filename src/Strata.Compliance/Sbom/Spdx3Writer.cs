using System.Collections.Immutable;
using System.Text.Json;
using Strata.Packaging;

namespace Strata.Compliance;

/// <summary>Writes SPDX 3.0.1 in JSON-LD (https://spdx.github.io/spdx-spec/v3.0.1/): profiles core, software and simpleLicensing.</summary>
public sealed class Spdx3Writer
{
    private const string CreationInfo = "_:creation";
    private const string NoAssertionLicense = "expandedlicensing_NoAssertionLicense";

    private readonly BillOfMaterials _bill;
    private readonly Utf8JsonWriter _json;
    private readonly string _namespace;
    private readonly string _supplier;
    private readonly ImmutableArray<string> _licenses;
    private int _relationships;

    private Spdx3Writer(BillOfMaterials bill, Utf8JsonWriter json)
    {
        (_bill, _json) = (bill, json);
        _namespace = $"{bill.Origin.NamespacePrefix.TrimEnd('/')}/{bill.Name}-{bill.Uuid}";
        _supplier = Id("Supplier");
        _licenses = [.. bill.Packages.SelectMany(p => Terms(p.DeclaredLicense, p.ConcludedLicense))
            .Concat(bill.Components.Select(c => c.License))
            .Concat(bill.Recipes.SelectMany(r => Terms(r.DeclaredLicense, r.ConcludedLicense)))
            .Where(l => l != BillOfMaterials.NoAssertion).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
    }

    public static void Write(BillOfMaterials bill, Stream stream) => JsonDocumentWriter.Write(stream, json => new Spdx3Writer(bill, json).Document());

    private static string[] Terms(string declared, string concluded) => [declared, concluded];

    private string Id(string name) => $"{_namespace}#{name}";

    private void Document() => _json.Object(() =>
    {
        _json.WriteString("@context", "https://spdx.org/rdf/3.0.1/spdx-context.jsonld");
        _json.WriteStartArray("@graph");
        Creation();
        Collection("SpdxDocument", SpdxNames.Document, Id("Sbom"), () => _json.Strings("profileConformance", ["core", "software", "simpleLicensing"]));
        Collection("software_Sbom", "Sbom", Id(SpdxNames.Image), () => _json.Strings("software_sbomType", ["build"]));
        Artifact("software_Package", SpdxNames.Image, _bill.Name, "operatingSystem", () => _json.WriteString("software_packageVersion", _bill.Version));
        foreach (var license in _bill.LicenseTexts) Element("simplelicensing_SimpleLicensingText", license.Key, () => _json.WriteString("simplelicensing_licenseText", license.Value));
        foreach (var (index, license) in _licenses.Index()) License(index, license);
        foreach (var file in _bill.Generated.Where(f => f.Sha256 is not null)) File(file, null);
        foreach (var package in _bill.Packages) Package(package);
        foreach (var component in _bill.Components) Component(component);
        foreach (var recipe in _bill.Recipes) Recipe(recipe);
        Relationships();
        _json.WriteEndArray();
    });

    private void Creation()
    {
        _json.Object(() =>
        {
            _json.WriteString("type", "CreationInfo");
            _json.WriteString("@id", CreationInfo);
            _json.WriteString("specVersion", "3.0.1");
            _json.WriteString("created", JsonDocumentWriter.Time(_bill.Origin.Created));
            _json.Strings("createdBy", [_supplier]);
            _json.Strings("createdUsing", [Id("Tool")]);
        });
        Element("Organization", "Supplier", () =>
        {
            _json.WriteString("name", _bill.Origin.Supplier);
            var url = _bill.Origin.SupplierUrl;
            if (url.Length == 0) return;
            var isMail = url.StartsWith("mailto:", StringComparison.Ordinal);
            ExternalIdentifiers((isMail ? "email" : "urlScheme", isMail ? url["mailto:".Length..] : url));
        });
        Element("Tool", "Tool", () => _json.WriteString("name", $"strata {_bill.Origin.ToolVersion}"));
    }

    private void Element(string type, string name, Action members) => _json.Object(() =>
    {
        _json.WriteString("type", type);
        _json.WriteString("spdxId", Id(name));
        _json.WriteString("creationInfo", CreationInfo);
        members();
    });

    private void Collection(string type, string name, string root, Action members) => Element(type, name, () =>
    {
        _json.WriteString("name", _bill.Name);
        members();
        _json.Strings("rootElement", [root]);
    });

    private void Artifact(string type, string id, string name, string purpose, Action members) => Element(type, id, () =>
    {
        _json.WriteString("name", name);
        _json.WriteString("software_primaryPurpose", purpose);
        _json.WriteString("suppliedBy", _supplier);
        members();
    });

    private void License(int index, string license) => Element("simplelicensing_LicenseExpression", $"License-{index + 1}", () =>
    {
        _json.WriteString("simplelicensing_licenseExpression", license);
        _json.WriteString("simplelicensing_licenseListVersion", SpdxList.ListVersion);
        var references = _bill.LicenseTexts.Keys.Where(k => license.Contains(k, StringComparison.Ordinal)).ToList();
        if (references.Count == 0) return;
        _json.Array("simplelicensing_customIdToUri", references, reference => _json.Object(() =>
        {
            _json.WriteString("type", "DictionaryEntry");
            _json.WriteString("key", reference);
            _json.WriteString("value", Id(reference));
        }));
    });

    private void Package(BillPackage package)
    {
        Artifact("software_Package", SpdxNames.Package(package.Package.Name), package.Package.Name, "install", () =>
        {
            _json.StringIfAny("summary", package.Package.Summary);
            _json.WriteString("software_packageVersion", package.Package.FullVersion);
            _json.WriteString("software_packageUrl", package.Purl);
            _json.WriteString("software_copyrightText", package.Copyright);
            _json.StringIfAny("comment", package.LicenseComment);
            ExternalIdentifiers([("packageUrl", package.Purl), .. package.Cpes.Select(c => ("cpe23", c))]);
        });
        foreach (var file in package.Files) File(file, package.Copyright);
    }

    private void Component(BillComponent component) => Element("software_Package", component.Id, () =>
    {
        _json.WriteString("name", component.Name);
        _json.WriteString("software_primaryPurpose", "library");
        if (component.Recipe is not null) _json.WriteString("suppliedBy", _supplier);
        _json.StringIfAny("software_packageVersion", component.Version);
        _json.WriteString("software_packageUrl", component.Purl);
        ExternalIdentifiers(("packageUrl", component.Purl));
    });

    private void Recipe(BillRecipe recipe)
    {
        Artifact("software_Package", SpdxNames.Recipe(recipe.Recipe.Recipe), recipe.Recipe.Recipe, "source", () =>
        {
            _json.StringIfAny("summary", recipe.Recipe.Summary);
            _json.WriteString("software_packageVersion", recipe.Recipe.Version);
            _json.WriteString("software_packageUrl", recipe.Purl);
            _json.StringIfAny("software_homePage", recipe.Recipe.Homepage);
            _json.WriteString("software_copyrightText", recipe.Copyright);
            _json.StringIfAny("comment", recipe.Detected);
            ExternalIdentifiers([("packageUrl", recipe.Purl), .. recipe.Recipe.Cpes.Select(c => ("cpe23", c))]);
        });
        foreach (var (index, source) in recipe.Recipe.Sources.Index()) Source(recipe.Recipe, source, index);
    }

    private void Source(RecipeLicenses recipe, RecipeSource source, int index) =>
        Artifact("software_Package", SpdxNames.Source(recipe.Recipe, index), source.Address[(source.Address.LastIndexOf('/') + 1)..], source.IsPatch ? "patch" : "source", () =>
        {
            _json.StringIfAny("comment", PatchFixes.ToComment(source.Fixes ?? ""));
            if (source.Sha256 is { } digest) Hashes(("sha256", digest));
            if (source.SoftwareHeritageId is { } swhid) ExternalIdentifiers(("swhid", swhid));
            if (!source.IsLocal) _json.WriteString("software_downloadLocation", source.Revision is { } revision ? $"git+{source.Address}@{revision}" : source.Address);
        });

    private void File(PackagedFile file, string? copyright) => Artifact("software_File", SpdxNames.File(file.Path), file.Path, "file", () =>
    {
        Hashes(("sha256", file.Sha256!), ("sha512", file.Sha512!));
        _json.StringIfAny("software_copyrightText", copyright);
    });

    private void Hashes(params (string Algorithm, string Value)[] hashes) => _json.Array("verifiedUsing", hashes, hash => _json.Object(() =>
    {
        _json.WriteString("type", "Hash");
        _json.WriteString("algorithm", hash.Algorithm);
        _json.WriteString("hashValue", hash.Value);
    }));

    private void ExternalIdentifiers(params IEnumerable<(string Type, string Identifier)> identifiers) => _json.Array("externalIdentifier", identifiers, identifier => _json.Object(() =>
    {
        _json.WriteString("type", "ExternalIdentifier");
        _json.WriteString("externalIdentifierType", identifier.Type);
        _json.WriteString("identifier", identifier.Identifier);
    }));

    private void Relationships()
    {
        Relationship(SpdxNames.Image, "contains",
            [.. _bill.Packages.Select(p => Id(SpdxNames.Package(p.Package.Name))), .. _bill.Generated.Where(f => f.Sha256 is not null).Select(f => Id(SpdxNames.File(f.Path)))]);
        foreach (var package in _bill.Packages)
        {
            var name = SpdxNames.Package(package.Package.Name);
            Relationship(name, "dependsOn", [.. package.Package.Depends.Select(d => Id(SpdxNames.Package(d)))]);
            Relationship(name, "contains", [.. package.Files.Select(f => Id(SpdxNames.File(f.Path)))]);
            Licenses(name, package.DeclaredLicense, package.ConcludedLicense);
        }
        foreach (var component in _bill.Components) Licenses(component.Id, component.License, component.License);
        foreach (var into in _bill.Components.SelectMany(c => c.In.SelectMany(i => (string[])[SpdxNames.Package(i.Package), SpdxNames.File(i.File)]).Distinct(StringComparer.Ordinal).Select(into => (Into: into, c.Id)))
                     .GroupBy(l => l.Into, l => Id(l.Id), StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal))
            Relationship(into.Key, "hasStaticLink", [.. into]);
        foreach (var recipe in _bill.Recipes)
        {
            var name = SpdxNames.Recipe(recipe.Recipe.Recipe);
            Relationship(name, "generates", [.. _bill.Packages.Where(p => p.Package.Recipe == recipe.Recipe.Recipe).Select(p => Id(SpdxNames.Package(p.Package.Name))),
                .. _bill.Components.Where(c => c.Recipe == recipe.Recipe.Recipe).Select(c => Id(c.Id))]);
            var sources = recipe.Recipe.Sources.Index().ToLookup(s => s.Item.IsPatch, s => Id(SpdxNames.Source(recipe.Recipe.Recipe, s.Index)));
            Relationship(name, "contains", [.. sources[false]]);
            Relationship(name, "patchedBy", [.. sources[true]]);
            Licenses(name, recipe.DeclaredLicense, recipe.ConcludedLicense);
        }
    }

    private void Licenses(string name, string declared, string concluded)
    {
        Relationship(name, "hasDeclaredLicense", [LicenseId(declared)]);
        Relationship(name, "hasConcludedLicense", [LicenseId(concluded)]);
    }

    private string LicenseId(string license) => license == BillOfMaterials.NoAssertion ? NoAssertionLicense : Id($"License-{_licenses.IndexOf(license) + 1}");

    /// <summary>Nothing at all is written as no relationship: the format has none without a target.</summary>
    private void Relationship(string from, string type, ImmutableArray<string> to)
    {
        if (to.IsEmpty) return;
        Element("Relationship", $"Relationship-{++_relationships}", () =>
        {
            _json.WriteString("from", Id(from));
            _json.WriteString("relationshipType", type);
            _json.WriteString("completeness", "complete");
            _json.Strings("to", to);
        });
    }
}
