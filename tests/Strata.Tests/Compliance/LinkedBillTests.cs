using System.Text.Json.Nodes;
using Strata.Compliance;
using Strata.Core;
using Strata.Packaging;
using Strata.Tests.Packaging;

namespace Strata.Tests.Compliance;

/// <summary>Code that was linked into a program, in every document about the image.</summary>
public sealed class LinkedBillTests : IDisposable
{
    private const string Tool = "SPDXRef-Package-tool", Part = "SPDXRef-Linked-static-part-staticdev-1.0-r0", Module = "SPDXRef-Linked-go-example.org-2F-Mod-v1.2.3";

    private readonly Scratch _scratch = new();
    private readonly Diagnostics _diagnostics = new();

    public void Dispose() => _scratch.Dispose();

    private RootfsManifest Rootfs() => new()
    {
        Hostname = "x",
        Epoch = 0,
        Size = 3,
        Packages =
        [
            new()
            {
                Name = "tool", Version = "2.0", Revision = "r1", Recipe = "tool", Architecture = "aarch64", License = "MIT", UnseenLinks = ["/usr/bin/plain"],
                Files = [File("/usr/bin/plain", '1'), File("/usr/bin/tool", '2')],
                Linked =
                [
                    new() { Kind = LinkKind.Static, Name = "part-staticdev", Version = "1.0-r0", License = "ISC", Recipe = "part", Origin = "/usr/lib/libpart.a", Files = ["/usr/bin/tool"] },
                    new() { Kind = LinkKind.Static, Name = "part-staticdev", Version = "1.0-r0", License = "ISC", Recipe = "part", Origin = "/usr/lib/part.o", Files = ["/usr/bin/tool"] },
                    new() { Kind = LinkKind.Go, Name = "example.org/Mod", Version = "v1.2.3", Files = ["/usr/bin/tool"] },
                ],
            },
        ],
    };

    private static PackagedFile File(string path, char digit) => new() { Path = path, Kind = FileKind.File, Mode = 0x1ED, Size = 3, Sha1 = new(digit, 40), Sha256 = new(digit, 64), Sha512 = new(digit, 128) };

    private BillOfMaterials Bill(bool modulesKnown = true) => BillBuilder.Build(new()
    {
        Name = "image-x",
        Version = "1.0",
        Origin = new() { Supplier = "Example Ltd", NamespacePrefix = "https://example.org/sbom/", Created = DateTimeOffset.UnixEpoch, ToolVersion = "0.1.0" },
        Rootfs = Rootfs(),
        LicenseArtifacts = [Artifact("tool", modulesKnown ? [new(LinkKind.Go, "example.org/Mod", "v1.2.3", "BSD-2-Clause")] : []), Artifact("part", [])],
    }, _diagnostics);

    private string Artifact(string recipe, ModuleLicense[] modules)
    {
        var directory = Directory.CreateDirectory(_scratch[$"{recipe}-{modules.Length}"]).FullName;
        _scratch.Write($"{recipe}-{modules.Length}/texts/COPYING", $"Terms of {recipe}.");
        new RecipeLicenses
        {
            Recipe = recipe, Version = "1.0", License = "MIT", Modules = [.. modules],
            Sources = [new($"https://example.org/{recipe}.tar.gz", Sha256: new('a', 64))],
            Texts = [new("COPYING", "COPYING", new('d', 64))],
        }.Write(directory);
        return directory;
    }

    private string Written(string name, Action<BillOfMaterials, Stream> writer, BillOfMaterials bill)
    {
        using (var stream = System.IO.File.Create(_scratch[name])) writer(bill, stream);
        return _scratch[name];
    }

    [Fact]
    public void The_concluded_terms_of_a_file_and_its_package_have_those_of_what_is_inside()
    {
        var package = Bill().Packages[0];

        Assert.Equal(("MIT", "MIT AND ISC AND BSD-2-Clause"), (package.DeclaredLicense, package.ConcludedLicense));
        Assert.Equal(["MIT", "MIT AND ISC AND BSD-2-Clause"], package.Files.Select(package.LicenseOf));
    }

    [Fact]
    public void A_part_of_unknown_terms_leaves_nothing_to_conclude()
    {
        var package = Bill(modulesKnown: false).Packages[0];

        Assert.Equal(("MIT", BillOfMaterials.NoAssertion), (package.DeclaredLicense, package.ConcludedLicense));
        Assert.Contains("example.org/Mod v1.2.3 (licence unknown)", package.LicenseComment, StringComparison.Ordinal);
        Assert.Equal("MIT", package.LicenseOf(package.Files.First()));
    }

    [Fact]
    public void Every_format_has_the_link_and_the_recipe_it_leads_to()
    {
        var bill = Bill();
        var two = Written("two.json", Spdx2Writer.Write, bill);
        var three = Written("three.json", Spdx3Writer.Write, bill);
        var cyclone = Written("cyclone.json", CycloneDxWriter.Write, bill);

        var related = JsonNode.Parse(System.IO.File.ReadAllText(two))!["relationships"]!.AsArray().Select(r => $"{r!["spdxElementId"]} {r["relationshipType"]} {r["relatedSpdxElement"]}").ToList();
        Assert.Contains($"{Tool} STATIC_LINK {Part}", related);
        Assert.Contains($"{SpdxFile("/usr/bin/tool")} STATIC_LINK {Module}", related);
        Assert.DoesNotContain(related, r => r.StartsWith(SpdxFile("/usr/bin/plain"), StringComparison.Ordinal));
        Assert.Contains($"{Part} GENERATED_FROM SPDXRef-Recipe-part", related);
        Assert.Contains("SPDXRef-Recipe-part CONTAINS SPDXRef-Source-part-1", related);

        var links = JsonNode.Parse(System.IO.File.ReadAllText(three))!["@graph"]!.AsArray().Where(e => (string?)e!["relationshipType"] == "hasStaticLink").ToList();
        Assert.Equal([SpdxFile("/usr/bin/tool"), Tool], links.Select(l => ((string)l!["from"]!).Split('#')[1]));
        Assert.All(links, l => Assert.Equal([Module, Part], l!["to"]!.AsArray().Select(t => ((string)t!).Split('#')[1])));

        var dependencies = JsonNode.Parse(System.IO.File.ReadAllText(cyclone))!["dependencies"]!.AsArray().ToDictionary(d => (string)d!["ref"]!, d => d!["dependsOn"]!.AsArray().Select(t => (string)t!).ToList(), StringComparer.Ordinal);
        Assert.Equal([Module, Part], dependencies[Tool]);
        Assert.Equal([Module, Part], dependencies[SpdxFile("/usr/bin/tool")]);
        Assert.Contains("pkg:golang/example.org/Mod@v1.2.3", System.IO.File.ReadAllText(cyclone), StringComparison.Ordinal);
    }

    [Fact]
    public void Who_reads_a_statement_finds_what_is_inside_of_what()
    {
        var bill = Bill();
        foreach (var file in (string[])[Written("two.json", Spdx2Writer.Write, bill), Written("three.json", Spdx3Writer.Write, bill), Written("cyclone.json", CycloneDxWriter.Write, bill)])
        {
            var image = StatementReader.Read(file, _diagnostics)!;

            var part = Assert.Single(image.Packages, p => p.Name == "part-staticdev");
            Assert.Equal(["tool"], part.LinkedInto);
            Assert.Equal(("ISC", "part"), (part.License, part.Recipe));
            Assert.Empty(Assert.Single(image.Packages, p => p.Name == "tool").LinkedInto);
            Assert.Empty(Assert.Single(image.Packages, p => p.Name == "tool").Depends);
        }
        Assert.Empty(_diagnostics.Sorted());
    }

    [Fact]
    public void The_manifest_names_it_after_the_lines_that_Yocto_has_and_the_texts_come_along()
    {
        LicenseManifestWriter.Write(new() { Rootfs = Rootfs(), LicenseArtifacts = [Artifact("tool", []), Artifact("part", [])], OutputDirectory = _scratch["out"] }, _diagnostics);

        Assert.Equal("PACKAGE NAME: tool\nPACKAGE VERSION: 2.0\nRECIPE NAME: tool\nLICENSE: MIT\nLINKED: part-staticdev 1.0-r0 (ISC), example.org/Mod v1.2.3 (licence unknown)\n\n",
            System.IO.File.ReadAllText(_scratch["out/license.manifest"]));
        Assert.Equal("Terms of part.", System.IO.File.ReadAllText(_scratch["out/licenses/part/COPYING"]));
    }

    [Fact]
    public void Modules_and_crates_among_the_sources_bring_their_terms_and_texts()
    {
        const string isc = "Permission to use, copy, modify, and/or distribute this software for any purpose with or without fee is hereby granted, provided that";
        _scratch.Write("s/COPYING", "x");
        _scratch.Write("mod/example.org/!mod@v1.2.3/LICENSE", isc);
        _scratch.Write("crates/serde-1.0/Cargo.toml", "[package]\nname = \"serde\"\nversion = \"1.0\"\nlicense = \"MIT/Apache-2.0\"\n[dependencies]\nversion = \"9\"\n");
        _scratch.Write("crates/serde-1.0/LICENSE-MIT", "mit");
        _scratch.Write("s/vendor/modules.txt", "# example.net/other v0.1.0\n## explicit\n# ../../../etc v1\n");
        _scratch.Write("s/vendor/example.net/other/README", "");

        var licenses = LicenseCollector.Collect(new()
        {
            Recipe = "tool", Version = "1", License = "MIT", Evidence = $"file://COPYING;sha256={Digest.Of("x").Hex}", SourceDirectory = _scratch["s"],
            GoModules = _scratch["mod"], Crates = _scratch["crates"], OutputDirectory = Directory.CreateDirectory(_scratch["lic"]).FullName,
        }, _diagnostics)!;

        Assert.Equal(
            [new(LinkKind.Go, "example.net/other", "v0.1.0", ""), new(LinkKind.Go, "example.org/Mod", "v1.2.3", "ISC"), new ModuleLicense(LinkKind.Rust, "serde", "1.0", "MIT OR Apache-2.0")],
            licenses.Modules);
        Assert.Equal(["COPYING", "example.org/Mod@v1.2.3/LICENSE", "serde@1.0/LICENSE-MIT"], licenses.Texts.Select(t => t.Source));
        Assert.Equal(licenses.Modules, RecipeLicenses.Read(_scratch["lic"]).Modules);
    }

    private static string SpdxFile(string path) => $"SPDXRef-File-{Digest.Of(path).Hex[..16]}";
}
