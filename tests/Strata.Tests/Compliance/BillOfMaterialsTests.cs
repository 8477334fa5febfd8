using System.Text;
using System.Text.Json.Nodes;
using Strata.Compliance;
using Strata.Core;
using Strata.Packaging;
using Strata.Tests.Packaging;

namespace Strata.Tests.Compliance;

public sealed class BillOfMaterialsTests : IDisposable
{
    private readonly Scratch _scratch = new();
    private readonly Diagnostics _diagnostics = new();

    public void Dispose() => _scratch.Dispose();

    private BillOfMaterials Bill(string license = "MIT", long epoch = 1704067200) => BillBuilder.Build(new()
    {
        Name = "image-x",
        Version = "1.0",
        Origin = new() { Supplier = "Example Ltd", NamespacePrefix = "https://example.org/sbom/", Created = DateTimeOffset.FromUnixTimeSeconds(epoch), ToolVersion = "0.1.0" },
        Rootfs = new()
        {
            Hostname = "x",
            Epoch = epoch,
            Size = 3,
            Packages =
            [
                new()
                {
                    Name = "tool++", Version = "2.0", Revision = "r1", Recipe = "tool", Architecture = "aarch64", License = license,
                    Files = [new() { Path = "/usr/bin/tool", Kind = FileKind.File, Mode = 0x1ED, Size = 3, Sha1 = new('1', 40), Sha256 = new('2', 64), Sha512 = new('3', 128) }],
                },
            ],
        },
        LicenseArtifacts = [Artifact(license)],
    }, _diagnostics);

    private string Artifact(string license)
    {
        var directory = Directory.CreateDirectory(_scratch[$"lic-{license.Length}"]).FullName;
        _scratch.Write($"lic-{license.Length}/texts/COPYING", "Do as you like.");
        new RecipeLicenses
        {
            Recipe = "tool",
            Version = "2.0",
            License = license,
            Homepage = "https://example.org/tool",
            Cpes = ["cpe:2.3:a:*:tool:2.0:*:*:*:*:*:*:*"],
            Sources =
            [
                new("https://example.org/tool-2.0.tar.gz", Sha256: new('a', 64)),
                new("https://example.org/part.git", Revision: new('b', 40)),
                new("fix.patch", Sha256: new('c', 64), IsPatch: true),
            ],
            Texts = [new("COPYING", "COPYING", new('d', 64))],
        }.Write(directory);
        return directory;
    }

    private static JsonNode Written(Action<BillOfMaterials, Stream> writer, BillOfMaterials bill)
    {
        using var stream = new MemoryStream();
        writer(bill, stream);
        return JsonNode.Parse(Encoding.UTF8.GetString(stream.ToArray()))!;
    }

    [Fact]
    public void Names_that_the_list_does_not_have_become_references_with_their_text()
    {
        var bill = Bill("MIT & Own_Terms");

        Assert.Equal("MIT AND LicenseRef-Own-Terms", bill.Packages[0].ConcludedLicense);
        Assert.Equal("Do as you like.", bill.LicenseTexts["LicenseRef-Own-Terms"]);
    }

    [Fact]
    public void The_identity_depends_on_content_alone()
    {
        Assert.Equal(Bill().Uuid, Bill().Uuid);
        Assert.NotEqual(Bill().Uuid, Bill("ISC").Uuid);
        Assert.NotEqual(Bill().Uuid, Bill(epoch: 0).Uuid);
        Assert.Equal('8', Bill().Uuid.ToString()[14]);
    }

    [Fact]
    public void Recipes_without_evidence_are_reported_and_nothing_is_asserted_of_them()
    {
        var whole = Bill();
        var request = new BillRequest
        {
            Name = whole.Name, Version = whole.Version, Origin = whole.Origin, LicenseArtifacts = [],
            Rootfs = new() { Hostname = "x", Epoch = 0, Size = 0, Packages = [whole.Packages[0].Package] },
        };

        var bill = BillBuilder.Build(request, _diagnostics);

        Assert.Equal(("MIT", BillOfMaterials.NoAssertion), (bill.Packages[0].DeclaredLicense, bill.Packages[0].ConcludedLicense));
        Assert.Equal("STR7015", Assert.Single(_diagnostics.Sorted()).Rule.Code);
    }

    [Fact]
    public void Spdx_2_names_sources_patches_and_what_the_package_was_made_from()
    {
        var document = Written(Spdx2Writer.Write, Bill());

        var related = document["relationships"]!.AsArray().Select(r => $"{r!["spdxElementId"]} {r["relationshipType"]} {r["relatedSpdxElement"]}").ToList();
        Assert.Contains("SPDXRef-Package-tool-2B--2B- GENERATED_FROM SPDXRef-Recipe-tool", related);
        Assert.Contains("SPDXRef-Source-tool-3 PATCH_FOR SPDXRef-Recipe-tool", related);
        var sources = document["packages"]!.AsArray().ToDictionary(p => (string)p!["SPDXID"]!, p => p!, StringComparer.Ordinal);
        Assert.Equal("git+https://example.org/part.git@" + new string('b', 40), (string)sources["SPDXRef-Source-tool-2"]["downloadLocation"]!);
        Assert.Equal("swh:1:rev:" + new string('b', 40), (string)sources["SPDXRef-Source-tool-2"]["externalRefs"]![0]!["referenceLocator"]!);
        Assert.Equal("pkg:generic/tool%2B%2B@2.0-r1?arch=aarch64", (string)sources["SPDXRef-Package-tool-2B--2B-"]["externalRefs"]![0]!["referenceLocator"]!);
    }

    [Fact]
    public void Every_reference_of_spdx_3_leads_to_an_element()
    {
        var graph = Written(Spdx3Writer.Write, Bill("MIT & Own_Terms"))["@graph"]!.AsArray();

        var ids = graph.Select(e => (string?)e!["spdxId"]).OfType<string>().ToHashSet(StringComparer.Ordinal);
        var relationships = graph.Where(e => (string)e!["type"]! == "Relationship").ToList();
        Assert.Equal(graph.Count - 1, ids.Count);
        Assert.All(relationships.SelectMany(r => r!["to"]!.AsArray().Select(t => (string)t!).Append((string)r["from"]!)), id => Assert.Contains(id, ids));
    }

    [Fact]
    public void CycloneDx_has_one_dependency_entry_for_each_component()
    {
        var document = Written(CycloneDxWriter.Write, Bill());

        Assert.Equal(["SPDXRef-Image", "SPDXRef-Package-tool-2B--2B-"], document["dependencies"]!.AsArray().Select(d => (string)d!["ref"]!));
        Assert.Equal(128, ((string)document["components"]![0]!["components"]![0]!["hashes"]![1]!["content"]!).Length);
    }
}
