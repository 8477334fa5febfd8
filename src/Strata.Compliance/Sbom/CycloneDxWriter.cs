using System.Collections.Immutable;
using System.Text.Json;
using Strata.Packaging;

namespace Strata.Compliance;

/// <summary>Writes CycloneDX 1.6 in JSON (ECMA-424), with the properties that BSI TR-03183-2 names for components.</summary>
public sealed class CycloneDxWriter
{
    private const int AnyExecute = 0x49;

    private readonly BillOfMaterials _bill;
    private readonly Utf8JsonWriter _json;

    private CycloneDxWriter(BillOfMaterials bill, Utf8JsonWriter json) => (_bill, _json) = (bill, json);

    public static void Write(BillOfMaterials bill, Stream stream) => JsonDocumentWriter.Write(stream, json => new CycloneDxWriter(bill, json).Document());

    private void Document() => _json.Object(() =>
    {
        _json.WriteString("$schema", "http://cyclonedx.org/schema/bom-1.6.schema.json");
        _json.WriteString("bomFormat", "CycloneDX");
        _json.WriteString("specVersion", "1.6");
        _json.WriteString("serialNumber", $"urn:uuid:{_bill.Uuid}");
        _json.WriteNumber("version", 1);
        _json.Object("metadata", Metadata);
        _json.WriteStartArray("components");
        foreach (var package in _bill.Packages) Package(package);
        foreach (var component in _bill.Components) Component(component);
        foreach (var file in _bill.Generated.Where(f => f.Sha256 is not null)) File(file);
        _json.WriteEndArray();
        _json.WriteStartArray("dependencies");
        Dependency(SpdxNames.Image, _bill.Packages.Select(p => p.Package.Name));
        foreach (var package in _bill.Packages) Dependency(SpdxNames.Package(package.Package.Name), package.Package.Depends, LinkedInto(i => i.Package == package.Package.Name));
        foreach (var component in _bill.Components) Dependency(component.Id, []);
        foreach (var file in _bill.Components.SelectMany(c => c.In.Select(i => i.File)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)) Dependency(SpdxNames.File(file), [], LinkedInto(i => i.File == file));
        _json.WriteEndArray();
        _json.WriteStartArray("compositions");
        Composition("complete", [SpdxNames.Image, .. _bill.Packages.Where(p => p.Package.UnseenLinks.IsEmpty).Select(p => SpdxNames.Package(p.Package.Name))]);
        // Whatever else is inside of a program whose link nobody saw, or was linked into a module before.
        Composition("unknown", [.. _bill.Packages.Where(p => !p.Package.UnseenLinks.IsEmpty).Select(p => SpdxNames.Package(p.Package.Name)), .. _bill.Components.Select(c => c.Id)]);
        _json.WriteEndArray();
    });

    private void Composition(string aggregate, ImmutableArray<string> dependencies)
    {
        if (dependencies.IsEmpty) return;
        _json.Object(() =>
        {
            _json.WriteString("aggregate", aggregate);
            _json.Strings("dependencies", dependencies);
        });
    }

    private void Metadata()
    {
        _json.WriteString("timestamp", JsonDocumentWriter.Time(_bill.Origin.Created));
        _json.Array("lifecycles", ["build"], phase => _json.Object(() => _json.WriteString("phase", phase)));
        _json.Object("tools", () => _json.Array("components", ["strata"], name => _json.Object(() =>
        {
            _json.WriteString("type", "application");
            _json.WriteString("name", name);
            _json.WriteString("version", _bill.Origin.ToolVersion);
        })));
        _json.Object("manufacturer", Organization);
        _json.Object("component", () =>
        {
            _json.WriteString("type", "operating-system");
            _json.WriteString("bom-ref", SpdxNames.Image);
            _json.Object("supplier", Organization);
            _json.WriteString("name", _bill.Name);
            _json.WriteString("version", _bill.Version);
        });
        _json.Object("supplier", Organization);
    }

    private void Organization()
    {
        _json.WriteString("name", _bill.Origin.Supplier);
        var url = _bill.Origin.SupplierUrl;
        if (url.StartsWith("mailto:", StringComparison.Ordinal))
            _json.Array("contact", [url["mailto:".Length..]], address => _json.Object(() => _json.WriteString("email", address)));
        else if (url.Length > 0) _json.Strings("url", [url]);
    }

    private void Package(BillPackage package)
    {
        var recipe = _bill.Recipes.FirstOrDefault(r => r.Recipe.Recipe == package.Package.Recipe);
        _json.Object(() =>
        {
            _json.WriteString("type", "library");
            _json.WriteString("bom-ref", SpdxNames.Package(package.Package.Name));
            _json.Object("supplier", Organization);
            _json.WriteString("name", package.Package.Name);
            _json.WriteString("version", package.Package.FullVersion);
            _json.StringIfAny("description", package.Package.Summary);
            var isConcluded = package.ConcludedLicense != BillOfMaterials.NoAssertion;
            Licenses(isConcluded ? package.ConcludedLicense : package.DeclaredLicense, isConcluded);
            if (package.Cpes is [var cpe, ..]) _json.WriteString("cpe", cpe);
            _json.WriteString("purl", package.Purl);
            if (recipe is not null) Pedigree(recipe);
            if (recipe is not null) ExternalReferences(recipe);
            _json.WriteStartArray("components");
            foreach (var file in package.Files) File(file);
            _json.WriteEndArray();
            Evidence(package, recipe);
            Properties(
            [
                ("strata:recipe", package.Package.Recipe), ("strata:license:declared", package.DeclaredLicense),
                .. package.Linked.IsEmpty ? [] : ((string, string)[])[("bsi:component:effectiveLicense", package.ConcludedLicense), ("strata:linked", LinkedTerms.Text(package.Linked))],
            ]);
        });
    }

    private void Component(BillComponent component) => _json.Object(() =>
    {
        _json.WriteString("type", "library");
        _json.WriteString("bom-ref", component.Id);
        if (component.Recipe is not null) _json.Object("supplier", Organization);
        _json.WriteString("name", component.Name);
        _json.StringIfAny("version", component.Version);
        Licenses(component.License, isConcluded: component.Recipe is not null);
        _json.WriteString("purl", component.Purl);
        Properties(
        [
            ("strata:linkage", "static"), ("strata:license:declared", component.License),
            .. component.Recipe is { } recipe ? ((string, string)[])[("strata:recipe", recipe)] : [],
        ]);
    });

    /// <summary>The format takes either one expression or a list of plain licences.</summary>
    private void Licenses(string license, bool isConcluded)
    {
        if (license == BillOfMaterials.NoAssertion) return;
        _json.Array("licenses", [license], text => _json.Object(() =>
        {
            _json.WriteString("expression", text);
            _json.WriteString("acknowledgement", isConcluded ? "concluded" : "declared");
        }));
    }

    /// <summary>Local patches change what upstream released.</summary>
    private void Pedigree(BillRecipe recipe)
    {
        var patches = recipe.Recipe.Sources.Where(s => s.IsPatch).ToList();
        if (patches.Count == 0) return;
        _json.Object("pedigree", () => _json.Array("patches", patches, patch => _json.Object(() =>
        {
            _json.WriteString("type", "unofficial");
            _json.Object("diff", () => _json.WriteString("url", patch.Address));
            if (patch.Fixes is { Length: > 0 } fixes) _json.Array("resolves", fixes.Split(' '), cve => _json.Object(() =>
            {
                _json.WriteString("type", "security");
                _json.WriteString("id", cve);
            }));
        })));
    }

    private void ExternalReferences(BillRecipe recipe)
    {
        _json.WriteStartArray("externalReferences");
        if (recipe.Recipe.Homepage.Length > 0) Reference("website", recipe.Recipe.Homepage, null);
        foreach (var source in recipe.Recipe.Sources.Where(s => !s.IsLocal))
            if (source.Revision is { } revision) Reference("vcs", $"git+{source.Address}@{revision}", null);
            else Reference("source-distribution", source.Address, source.Sha256);
        foreach (var source in recipe.Recipe.Sources.Where(s => s.IsLocal)) Reference("other", source.Address, source.Sha256, source.IsPatch ? "patch" : "file of the layer");
        _json.WriteEndArray();
    }

    private void Reference(string type, string url, string? sha256, string comment = "") => _json.Object(() =>
    {
        _json.WriteString("url", url);
        _json.WriteString("type", type);
        _json.StringIfAny("comment", comment);
        if (sha256 is not null) _json.Array("hashes", [sha256], d => Hash("SHA-256", d));
    });

    private void File(PackagedFile file) => _json.Object(() =>
    {
        _json.WriteString("type", "file");
        _json.WriteString("bom-ref", SpdxNames.File(file.Path));
        _json.WriteString("name", file.Path);
        _json.WriteStartArray("hashes");
        Hash("SHA-256", file.Sha256!);
        Hash("SHA-512", file.Sha512!);
        _json.WriteEndArray();
        Properties(
            ("bsi:component:filename", file.Path[(file.Path.LastIndexOf('/') + 1)..]),
            ("bsi:component:executable", (file.Mode & AnyExecute) != 0 ? "executable" : "non-executable"),
            ("bsi:component:archive", "no archive"),
            ("bsi:component:structured", "structured"));
    });

    private void Hash(string algorithm, string content) => _json.Object(() =>
    {
        _json.WriteString("alg", algorithm);
        _json.WriteString("content", content);
    });

    /// <summary>What the sources say, apart from what was declared or concluded.</summary>
    private void Evidence(BillPackage package, BillRecipe? recipe) => _json.Object("evidence", () =>
    {
        if (recipe is { Recipe.Detected.Licenses.Count: > 0 })
            _json.Array("licenses", DetectedLicenses(recipe), id => _json.Object(() => _json.Object("license", () => _json.WriteString("id", id))));
        if (package.Copyright != BillOfMaterials.NoAssertion)
            _json.Array("copyright", package.Copyright.Split('\n'), notice => _json.Object(() => _json.WriteString("text", notice)));
    });

    private static IEnumerable<string> DetectedLicenses(BillRecipe recipe) =>
        recipe.Recipe.Detected.Licenses.Keys.SelectMany(text => LicenseExpression.Parse(text, default, new())?.Licenses ?? [])
            .Select(l => SpdxList.FindLicense(l.Id)).OfType<string>().Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);

    private void Properties(params IEnumerable<(string Name, string Value)> properties) => _json.Array("properties", properties, property => _json.Object(() =>
    {
        _json.WriteString("name", property.Name);
        _json.WriteString("value", property.Value);
    }));

    private IEnumerable<string> LinkedInto(Func<(string Package, string File), bool> isMeant) => _bill.Components.Where(c => c.In.Any(isMeant)).Select(c => c.Id);

    private void Dependency(string from, IEnumerable<string> packages, IEnumerable<string>? linked = null) => _json.Object(() =>
    {
        _json.WriteString("ref", from);
        _json.Strings("dependsOn", [.. packages.Select(SpdxNames.Package), .. linked ?? []]);
    });
}
