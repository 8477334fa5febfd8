using System.Formats.Tar;
using System.Text;
using System.Text.Json.Nodes;
using Strata.Cli;
using Strata.Compliance;
using Strata.Core;
using Strata.Packaging;
using Strata.Tests.Cli;
using Strata.Tests.Packaging;

namespace Strata.Tests.Compliance;

/// <summary>Images that are what their SBOM says, and images that are not.</summary>
public sealed class ImageAuditTests : IAsyncLifetime
{
    private static readonly DateOnly s_today = new(2026, 1, 1);

    private readonly Scratch _scratch = new();

    private string Layout => _scratch["image.oci"];

    private string Statement => _scratch["image.spdx-2.3.json"];

    public async ValueTask InitializeAsync()
    {
        WriteStatement();
        await WriteImageAsync(("./usr/bin/tool", "run"), ("./etc/made", "by image"));
    }

    public ValueTask DisposeAsync()
    {
        _scratch.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task WriteImageAsync(params (string Path, string Content)[] files)
    {
        FileTree.Delete(Layout);
        WriteTar(_scratch["rootfs.tar"], files);
        _ = await OciImageWriter.WriteAsync(new()
        {
            RootfsTar = _scratch["rootfs.tar"], OutputDirectory = Layout, Platform = OciPlatform.Of("aarch64"), Created = DateTimeOffset.UnixEpoch,
        }, TestContext.Current.CancellationToken);
    }

    private static void WriteTar(string path, params (string Path, string Content)[] files)
    {
        using var tar = new TarWriter(File.Create(path));
        tar.WriteEntry(new PaxTarEntry(TarEntryType.Directory, "./usr/"));
        foreach (var (name, content) in files)
            tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(Encoding.UTF8.GetBytes(content)) });
        tar.WriteEntry(new PaxTarEntry(TarEntryType.SymbolicLink, "./usr/bin/alias") { LinkName = "../../../etc/passwd" });
    }

    private void WriteStatement(string license = "MIT", bool isPinned = true)
    {
        var bill = Bill(license, isPinned);
        AtomicFile.Write(Statement, stream => Spdx2Writer.Write(bill, stream));
    }

    private BillOfMaterials Bill(string license = "MIT", bool isPinned = true, params RecipeSource[] more)
    {
        Directory.CreateDirectory(_scratch["lic/texts"]);
        _scratch.Write("lic/texts/COPYING", "text");
        new RecipeLicenses
        {
            Recipe = "tool", Version = "1", License = license, Sources = [new("https://example.org/tool.tar.gz", Sha256: isPinned ? new('a', 64) : null), .. more],
            Texts = [new("COPYING", "COPYING", new('d', 64))],
        }.Write(_scratch["lic"]);
        return BillBuilder.Build(new()
        {
            Name = "image", Version = "1",
            Origin = new() { Supplier = "x", NamespacePrefix = "https://example.org", Created = DateTimeOffset.UnixEpoch, ToolVersion = "1" },
            Rootfs = new()
            {
                Hostname = "x", Epoch = 0, Size = 0, Generated = [Stated("/etc/made", "by image")],
                Packages = [new() { Name = "tool", Version = "1", Revision = "r0", Recipe = "tool", Architecture = "aarch64", License = license, Files = [Stated("/usr/bin/tool", "run")] }],
            },
            LicenseArtifacts = [_scratch["lic"]],
        }, new());
    }

    private static PackagedFile Stated(string path, string content) => new()
    {
        Path = path, Kind = FileKind.File, Mode = 0x1A4, Size = content.Length, Sha1 = new('1', 40), Sha256 = Digest.Of(content).Hex, Sha512 = new('3', 128),
    };

    private AuditReport Audit(string? image = null, LicensePolicy? policy = null) =>
        ImageAuditor.Audit(image ?? Layout, image is null ? null : Statement, policy ?? new(), s_today, TestContext.Current.CancellationToken);

    private static (string Code, string Place) Only(AuditReport report)
    {
        Assert.False(report.Passed);
        var finding = Assert.Single(report.Findings);
        return (finding.Rule.Code, finding.Place.File);
    }

    private void EditStatement(Func<string, string> edit) => File.WriteAllText(Statement, edit(File.ReadAllText(Statement)));

    [Fact]
    public void An_image_that_is_what_its_statement_says_passes()
    {
        var report = Audit();

        Assert.Empty(report.Findings);
        Assert.Equal((2, 1, 1, 1), (report.Files, report.Packages, report.Recipes, report.Sources));
        Assert.Equal($"OCI manifest {ImageReader.ManifestOf(Layout)}", report.Identities[0]);
        Assert.Empty(Audit(_scratch["rootfs.tar"]).Findings);
    }

    [Fact]
    public async Task An_image_from_a_registry_is_audited_by_what_is_attached_to_it()
    {
        var layout = new LayoutImages(Layout);
        await Referrers.AttachAsync(layout, await layout.GetAsync("latest", TestContext.Current.CancellationToken), "application/spdx+json", await File.ReadAllBytesAsync(Statement, TestContext.Current.CancellationToken), "sbom.json", TestContext.Current.CancellationToken);
        File.Delete(Statement);
        using var workspace = new CliWorkspace();

        (await workspace.Strata($"license audit {Layout}")).Succeeds().Prints("2 files of 1 packages, 1 recipes, 1 sources: nothing to complain about");
        workspace.Write("db/x.json", """{"id": "CVE-2024-1", "affected": [{"package": {"ecosystem": "OSS-Fuzz", "name": "tool"}, "versions": ["1"]}]}""");
        (await workspace.Strata($"cve check {Layout} --db db --fail-on critical")).EndsWith(ExitCode.BuildFailed).Prints("CVE-2024-1 unrated tool 1: affected");
    }

    [Fact]
    public async Task A_changed_a_foreign_and_a_missing_file_are_found()
    {
        await WriteImageAsync(("./usr/bin/tool", "hacked"), ("./usr/bin/extra", "x"));

        var report = Audit();

        Assert.Equal([("STR7048", "/etc/made"), ("STR7046", "/usr/bin/extra"), ("STR7047", "/usr/bin/tool")], report.Findings.Select(f => (f.Rule.Code, f.Place.File)));
    }

    [Fact]
    public async Task A_file_that_was_replaced_by_a_link_is_found()
    {
        await WriteImageAsync(("./etc/made", "by image"));
        using (var tar = new TarWriter(File.Create(_scratch["linked.tar"])))
        {
            tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, "etc/made") { DataStream = new MemoryStream("by image"u8.ToArray()) });
            tar.WriteEntry(new PaxTarEntry(TarEntryType.SymbolicLink, "usr/bin/tool") { LinkName = "/etc/made" });
        }

        Assert.Equal(("STR7047", "/usr/bin/tool"), Only(Audit(_scratch["linked.tar"])));
    }

    [Fact]
    public void A_blob_that_is_not_its_digest_is_found()
    {
        var config = Directory.EnumerateFiles(Path.Combine(Layout, "blobs/sha256")).Single(f => File.ReadAllText(f).Contains("diff_ids", StringComparison.Ordinal));
        File.WriteAllText(config, File.ReadAllText(config) + " ");

        Assert.Equal(("STR7041", Layout), Only(Audit()));
    }

    [Theory]
    [InlineData("../outside")]
    [InlineData("usr/../../outside")]
    public void A_path_out_of_the_image_is_an_error_and_nothing_is_written(string path)
    {
        WriteTar(_scratch["evil.tar"], (path, "x"), ("usr/bin/tool", "run"), ("etc/made", "by image"));

        Assert.Equal(("STR7042", _scratch["evil.tar"]), Only(Audit(_scratch["evil.tar"])));
        Assert.False(File.Exists(_scratch["outside"]));
    }

    [Theory]
    [InlineData("index.json", "{}")]
    [InlineData("index.json", "{\"manifests\":[{\"digest\":\"sha256:../../../etc/passwd\",\"mediaType\":\"x\"}]}")]
    [InlineData("index.json", "{\"manifests\":[]}")]
    [InlineData("index.json", "not json")]
    public void A_layout_that_is_none_is_refused(string file, string content)
    {
        File.WriteAllText(Path.Combine(Layout, file), content);

        Assert.Equal(("STR7040", Layout), Only(Audit()));
    }

    [Fact]
    public void Archives_and_paths_that_are_no_image_are_refused()
    {
        _scratch.Write("noise.tar.gz", "this is no archive");

        Assert.Equal(("STR7040", _scratch["noise.tar.gz"]), Only(Audit(_scratch["noise.tar.gz"])));
        Assert.Equal(("STR7040", _scratch["nothing"]), Only(Audit(_scratch["nothing"])));
    }

    [Fact]
    public void Without_a_statement_the_audit_says_what_it_looked_for()
    {
        File.Delete(Statement);

        Assert.Equal(("STR7043", Layout), Only(Audit()));
    }

    [Fact]
    public void Unpinned_sources_and_unknown_licences_are_found()
    {
        WriteStatement(license: "((", isPinned: false);

        Assert.Equal(["STR7051", "STR7052"], Audit().Findings.Select(f => f.Rule.Code));
    }

    [Fact]
    public void The_policy_is_judged_on_what_the_statement_says()
    {
        var policy = LicensePolicyReader.Read(name => name == "LICENSE_DENY" ? "MIT" : null, _ => default, new());

        Assert.Equal(("STR7030", Statement), Only(Audit(policy: policy)));
    }

    [Fact]
    public void References_that_lead_nowhere_are_named()
    {
        EditStatement(text => text.Replace("\"relatedSpdxElement\": \"SPDXRef-Recipe-tool\"", "\"relatedSpdxElement\": \"SPDXRef-Gone\"", StringComparison.Ordinal));

        Assert.Equal(["STR7045", "STR7049"], Audit().Findings.Select(f => f.Rule.Code).Distinct());
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("{\"spdxVersion\": 2.3}")]
    [InlineData("{\"spdxVersion\": \"SPDX-2.3\", \"packages\": {}}")]
    [InlineData("{\"spdxVersion\": \"SPDX-2.3\", \"packages\": [7]}")]
    [InlineData("{\"spdxVersion\": \"SPDX-2.3\", \"files\": [{\"SPDXID\": []}]}")]
    public void A_statement_of_another_kind_is_refused(string content)
    {
        File.WriteAllText(Statement, content);

        Assert.Equal(("STR7044", Statement), Only(Audit()));
    }

    [Theory]
    [InlineData(".spdx.json")]
    [InlineData(".cdx.json")]
    public void Every_format_that_a_build_writes_says_the_same(string ending)
    {
        var bill = Bill("MIT", true, new("https://example.org/part.git", Revision: new('b', 40)), new("fix.patch", Sha256: new('c', 64), IsPatch: true, Fixes: "CVE-2024-1000"));
        AtomicFile.Write(Statement, stream => Spdx2Writer.Write(bill, stream));
        var expected = Read(Statement);
        File.Delete(Statement);
        AtomicFile.Write(_scratch["image" + ending], stream => (ending == ".cdx.json" ? CycloneDxWriter.Write : (Action<BillOfMaterials, Stream>)Spdx3Writer.Write)(bill, stream));

        var report = Audit();

        Assert.Empty(report.Findings);
        Assert.Equal((2, 1, 1, 3), (report.Files, report.Packages, report.Recipes, report.Sources));
        Assert.Equal(expected, Read(_scratch["image" + ending]));

        static string Read(string path)
        {
            var image = StatementReader.Read(path, new())!;
            var lines = image.Packages.Select(p => $"{p.Name} {p.Version} {p.License} {p.Recipe} {string.Join(' ', p.Depends)} {string.Join(' ', p.Files)} {string.Join(' ', p.Names.Purls)}")
                .Concat(image.Recipes.Select(r => $"{r.Name} {r.Version} {string.Join(' ', r.Sources.Select(s => $"{s.Name} {s.Pin} {s.IsPatch} {s.Fixes}").Order(StringComparer.Ordinal))}"))
                .Concat(image.Generated.Select(f => $"{f}"));
            return string.Join('\n', lines);
        }
    }

    [Theory]
    [InlineData("{\"bomFormat\": \"CycloneDX\", \"components\": [7]}")]
    [InlineData("{\"bomFormat\": \"CycloneDX\", \"components\": {}}")]
    [InlineData("{\"@context\": \"x\", \"@graph\": [[]]}")]
    [InlineData("{\"@context\": \"x\", \"@graph\": []}")]
    [InlineData("{\"@context\": \"x\", \"@graph\": 7}")]
    public void Other_formats_of_wrong_types_are_refused(string content)
    {
        File.WriteAllText(Statement, content);

        Assert.Equal(("STR7044", Statement), Only(Audit()));
    }

    [Theory]
    [InlineData("{\"bomFormat\": \"CycloneDX\", \"components\": [{\"type\": \"library\", \"bom-ref\": \"a\", \"name\": \"a\"}], \"dependencies\": [{\"ref\": \"a\", \"dependsOn\": [\"gone\"]}]}")]
    [InlineData("{\"@context\": \"x\", \"@graph\": [{\"type\": \"software_Sbom\", \"spdxId\": \"s\"}, {\"type\": \"Relationship\", \"spdxId\": \"r\", \"from\": \"s\", \"relationshipType\": \"contains\", \"to\": [\"gone\"]}]}")]
    public void References_of_other_formats_that_lead_nowhere_are_reported(string content)
    {
        File.WriteAllText(Statement, content);

        Assert.Contains("STR7045", Audit().Findings.Select(f => f.Rule.Code));
    }

    [Fact]
    public void A_statement_nested_ten_thousand_deep_is_refused()
    {
        File.WriteAllText(Statement, new string('[', 10_000) + new string(']', 10_000));

        Assert.Equal(("STR7044", Statement), Only(Audit()));
    }

    [Fact]
    public async Task Programs_get_json_and_sarif()
    {
        await WriteImageAsync(("./usr/bin/tool", "hacked"), ("./etc/made", "by image"));
        var report = Audit();

        Assert.False((bool)JsonNode.Parse(AuditWriter.Json(report))!["passed"]!);
        var result = Assert.Single(JsonNode.Parse(AuditWriter.Sarif(report, "1"))!["runs"]![0]!["results"]!.AsArray())!;
        Assert.Equal(("STR7047", "error"), ((string)result["ruleId"]!, (string)result["level"]!));
        Assert.Equal("usr/bin/tool", (string)result["locations"]![0]!["physicalLocation"]!["artifactLocation"]!["uri"]!);
    }

    [Fact]
    public void A_comparison_names_packages_licences_files_and_sources()
    {
        var before = StatementReader.Read(Statement, new())!;
        WriteStatement("ISC");
        EditStatement(text => text.Replace(Digest.Of("run").Hex, new string('9', 64), StringComparison.Ordinal));
        var after = StatementReader.Read(Statement, new())!;

        Assert.Equal(["licence", "/usr/bin/tool"], StatementComparison.Of(before, after).Changed.Select(c => c.What));
        Assert.Equal("no difference\n", StatementComparison.Of(after, after).Text());
        Assert.Equal(["tool 1-r0 (MIT)"], StatementComparison.Of(before, after with { Packages = [] }).Removed);
    }
}
