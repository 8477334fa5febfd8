using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Strata.Packaging;

namespace Strata.Compliance;

/// <summary>Writes SPDX 2.3 in JSON (ISO/IEC 5962, https://spdx.github.io/spdx-spec/v2.3/).</summary>
public sealed class Spdx2Writer
{
    private readonly BillOfMaterials _bill;
    private readonly Utf8JsonWriter _json;

    private Spdx2Writer(BillOfMaterials bill, Utf8JsonWriter json) => (_bill, _json) = (bill, json);

    public static void Write(BillOfMaterials bill, Stream stream) => JsonDocumentWriter.Write(stream, json => new Spdx2Writer(bill, json).Document());

    private string Supplier => $"Organization: {_bill.Origin.Supplier}";

    private void Document() => _json.Object(() =>
    {
        _json.WriteString("spdxVersion", "SPDX-2.3");
        _json.WriteString("dataLicense", "CC0-1.0");
        _json.WriteString("SPDXID", SpdxNames.Document);
        _json.WriteString("name", _bill.Name);
        _json.WriteString("documentNamespace", $"{_bill.Origin.NamespacePrefix.TrimEnd('/')}/{_bill.Name}-{_bill.Uuid}");
        _json.Object("creationInfo", () =>
        {
            _json.WriteString("created", JsonDocumentWriter.Time(_bill.Origin.Created));
            _json.Strings("creators", [Supplier, $"Tool: strata-{_bill.Origin.ToolVersion}"]);
            _json.WriteString("licenseListVersion", SpdxList.ListVersion);
        });
        _json.Strings("documentDescribes", [SpdxNames.Image]);
        _json.WriteStartArray("packages");
        Image();
        foreach (var package in _bill.Packages) Package(package);
        foreach (var component in _bill.Components) Component(component);
        foreach (var recipe in _bill.Recipes) Recipe(recipe);
        _json.WriteEndArray();
        _json.Array("files", AllFiles(), f => File(f.File, f.License, f.Copyright));
        _json.WriteStartArray("relationships");
        Relationships();
        _json.WriteEndArray();
        _json.Array("hasExtractedLicensingInfos", _bill.LicenseTexts, text => _json.Object(() =>
        {
            _json.WriteString("licenseId", text.Key);
            _json.WriteString("name", text.Key["LicenseRef-".Length..]);
            _json.WriteString("extractedText", text.Value);
        }));
    });

    private void Image() => _json.Object(() =>
    {
        Head(SpdxNames.Image, _bill.Name, _bill.Version, "OPERATING_SYSTEM");
        Terms(BillOfMaterials.NoAssertion, BillOfMaterials.NoAssertion, BillOfMaterials.NoAssertion);
        VerificationCode(_bill.Generated.Where(HasContent));
    });

    private void Package(BillPackage package) => _json.Object(() =>
    {
        Head(SpdxNames.Package(package.Package.Name), package.Package.Name, package.Package.FullVersion, "INSTALL");
        _json.StringIfAny("summary", package.Package.Summary);
        Terms(package.DeclaredLicense, package.ConcludedLicense, package.Copyright);
        _json.StringIfAny("licenseComments", package.LicenseComment);
        VerificationCode(package.Files);
        References(package.Purl, package.Cpes);
    });

    private void Component(BillComponent component) => _json.Object(() =>
    {
        _json.WriteString("SPDXID", component.Id);
        _json.WriteString("name", component.Name);
        _json.StringIfAny("versionInfo", component.Version);
        _json.WriteString("supplier", component.Recipe is null ? BillOfMaterials.NoAssertion : Supplier);
        _json.WriteString("downloadLocation", BillOfMaterials.NoAssertion);
        _json.WriteString("primaryPackagePurpose", "LIBRARY");
        Terms(component.License, component.License, BillOfMaterials.NoAssertion);
        _json.WriteBoolean("filesAnalyzed", false);
        References(component.Purl, []);
    });

    private void Recipe(BillRecipe recipe)
    {
        _json.Object(() =>
        {
            Head(SpdxNames.Recipe(recipe.Recipe.Recipe), recipe.Recipe.Recipe, recipe.Recipe.Version, "SOURCE", DownloadLocation(recipe.Upstream));
            _json.StringIfAny("summary", recipe.Recipe.Summary);
            _json.StringIfAny("homepage", recipe.Recipe.Homepage);
            Terms(recipe.DeclaredLicense, recipe.ConcludedLicense, recipe.Copyright);
            _json.StringIfAny("licenseComments", recipe.Detected);
            _json.WriteBoolean("filesAnalyzed", false);
            References(recipe.Purl, recipe.Recipe.Cpes);
        });
        foreach (var (index, source) in recipe.Recipe.Sources.Index()) Source(recipe.Recipe, source, index);
    }

    private void Source(RecipeLicenses recipe, RecipeSource source, int index) => _json.Object(() =>
    {
        Head(SpdxNames.Source(recipe.Recipe, index), source.Address[(source.Address.LastIndexOf('/') + 1)..], recipe.Version, "SOURCE", DownloadLocation(source));
        Terms(BillOfMaterials.NoAssertion, BillOfMaterials.NoAssertion, BillOfMaterials.NoAssertion);
        _json.WriteBoolean("filesAnalyzed", false);
        if (source.Sha256 is { } digest) _json.Array("checksums", [digest], d => Checksum("SHA256", d));
        _json.StringIfAny("comment", PatchFixes.ToComment(source.Fixes ?? ""));
        if (source.SoftwareHeritageId is { } swhid)
            _json.Array("externalRefs", [swhid], id => Reference("PERSISTENT-ID", "swh", id));
    });

    private void Head(string id, string name, string version, string purpose, string downloadLocation = BillOfMaterials.NoAssertion)
    {
        _json.WriteString("SPDXID", id);
        _json.WriteString("name", name);
        _json.WriteString("versionInfo", version);
        _json.WriteString("supplier", Supplier);
        _json.WriteString("downloadLocation", downloadLocation);
        _json.WriteString("primaryPackagePurpose", purpose);
    }

    private void Terms(string declared, string concluded, string copyright)
    {
        _json.WriteString("licenseDeclared", declared);
        _json.WriteString("licenseConcluded", concluded);
        _json.WriteString("copyrightText", copyright);
    }

    /// <summary>SHA-1 over the sorted SHA-1s of the files (SPDX 2.3, 7.9); a package without files was not analysed in the sense of the format.</summary>
    [SuppressMessage("Security", "CA5350", Justification = "the format prescribes SHA-1")]
    private void VerificationCode(IEnumerable<PackagedFile> files)
    {
        var digests = files.Select(f => f.Sha1!).Order(StringComparer.Ordinal).ToList();
        _json.WriteBoolean("filesAnalyzed", digests.Count > 0);
        if (digests.Count == 0) return;
        var code = Convert.ToHexStringLower(SHA1.HashData(Encoding.ASCII.GetBytes(string.Concat(digests))));
        _json.Object("packageVerificationCode", () => _json.WriteString("packageVerificationCodeValue", code));
    }

    private void References(string purl, IEnumerable<string> cpes)
    {
        _json.WriteStartArray("externalRefs");
        Reference("PACKAGE-MANAGER", "purl", purl);
        foreach (var cpe in cpes) Reference("SECURITY", "cpe23Type", cpe);
        _json.WriteEndArray();
    }

    private void Reference(string category, string type, string locator) => _json.Object(() =>
    {
        _json.WriteString("referenceCategory", category);
        _json.WriteString("referenceType", type);
        _json.WriteString("referenceLocator", locator);
    });

    private void Checksum(string algorithm, string value) => _json.Object(() =>
    {
        _json.WriteString("algorithm", algorithm);
        _json.WriteString("checksumValue", value);
    });

    private void File(PackagedFile file, string license, string copyright) => _json.Object(() =>
    {
        _json.WriteString("SPDXID", SpdxNames.File(file.Path));
        _json.WriteString("fileName", "." + file.Path);
        _json.WriteStartArray("checksums");
        Checksum("SHA1", file.Sha1!);
        Checksum("SHA256", file.Sha256!);
        Checksum("SHA512", file.Sha512!);
        _json.WriteEndArray();
        _json.WriteString("licenseConcluded", license);
        _json.Strings("licenseInfoInFiles", [BillOfMaterials.NoAssertion]);
        _json.WriteString("copyrightText", copyright);
    });

    private IEnumerable<(PackagedFile File, string License, string Copyright)> AllFiles() =>
        _bill.Generated.Where(HasContent).Select(f => (f, BillOfMaterials.NoAssertion, BillOfMaterials.NoAssertion))
            .Concat(_bill.Packages.SelectMany(p => p.Files.Select(f => (f, p.LicenseOf(f), p.Copyright))))
            .DistinctBy(f => f.Item1.Path, StringComparer.Ordinal);

    private void Relationships()
    {
        Relationship(SpdxNames.Document, "DESCRIBES", SpdxNames.Image);
        foreach (var file in _bill.Generated.Where(HasContent)) Relationship(SpdxNames.Image, "CONTAINS", SpdxNames.File(file.Path));
        foreach (var package in _bill.Packages)
        {
            var id = SpdxNames.Package(package.Package.Name);
            Relationship(SpdxNames.Image, "CONTAINS", id);
            foreach (var needed in package.Package.Depends) Relationship(id, "DEPENDS_ON", SpdxNames.Package(needed));
            foreach (var file in package.Files) Relationship(id, "CONTAINS", SpdxNames.File(file.Path));
            if (_bill.Recipes.Any(r => r.Recipe.Recipe == package.Package.Recipe)) Relationship(id, "GENERATED_FROM", SpdxNames.Recipe(package.Package.Recipe));
        }
        foreach (var component in _bill.Components)
        {
            foreach (var package in component.In.Select(i => i.Package).Distinct(StringComparer.Ordinal)) Relationship(SpdxNames.Package(package), "STATIC_LINK", component.Id);
            foreach (var file in component.In) Relationship(SpdxNames.File(file.File), "STATIC_LINK", component.Id);
            if (component.Recipe is { } origin && _bill.Recipes.Any(r => r.Recipe.Recipe == origin)) Relationship(component.Id, "GENERATED_FROM", SpdxNames.Recipe(origin));
        }
        foreach (var recipe in _bill.Recipes)
            foreach (var (index, source) in recipe.Recipe.Sources.Index())
            {
                var (whole, part) = (SpdxNames.Recipe(recipe.Recipe.Recipe), SpdxNames.Source(recipe.Recipe.Recipe, index));
                if (source.IsPatch) Relationship(part, "PATCH_FOR", whole);
                else Relationship(whole, "CONTAINS", part);
            }
    }

    private void Relationship(string from, string type, string to) => _json.Object(() =>
    {
        _json.WriteString("spdxElementId", from);
        _json.WriteString("relationshipType", type);
        _json.WriteString("relatedSpdxElement", to);
    });

    private static string DownloadLocation(RecipeSource? source) => source switch
    {
        { IsLocal: false, Revision: { } revision } => $"git+{source.Address}@{revision}",
        { IsLocal: false } => source.Address,
        _ => BillOfMaterials.NoAssertion,
    };

    private static bool HasContent(PackagedFile file) => file.Sha256 is not null;
}
