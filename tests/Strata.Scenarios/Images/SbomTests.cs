using System.Text.Json.Nodes;

namespace Strata.Scenarios.Images;

/// <summary>hello-image's SBOMs: valid in all formats, and true.</summary>
public sealed class SbomTests : IAsyncLifetime
{
    private const string Name = "hello-image-qemuarm64";

    private readonly ScenarioWorkspace _workspace = new(Checkout.Path("."), null) { Environment = { ["MACHINE"] = "qemuarm64" } };

    public async ValueTask InitializeAsync() => (await _workspace.Strata("build hello-image", TestContext.Current.CancellationToken)).Succeeds();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static string File(string suffix) => Checkout.Path($"build/tmp/deploy/images/qemuarm64/{Name}{suffix}");

    [Theory]
    [InlineData(".spdx.json", "spdx-3.0.1.json")]
    [InlineData(".spdx-2.3.json", "spdx-2.3.json")]
    [InlineData(".cdx.json", "cdx-bom-1.6.schema.json")]
    public async Task It_is_valid_against_the_schema(string suffix, string schema) => await SchemaCheck.ValidateAsync(File(suffix), schema);

    [Fact]
    public async Task Every_file_has_the_digest_that_sha256sum_finds()
    {
        var files = JsonNode.Parse(System.IO.File.ReadAllText(File(".spdx-2.3.json")))!["files"]!.AsArray();
        var scratch = Directory.CreateTempSubdirectory("strata-sbom-").FullName;
        try
        {
            await Tool.RunAsync("tar", "-xzf", File(".rootfs.tar.gz"), "-C", scratch);
            var list = Path.Combine(scratch, "sums");
            await System.IO.File.WriteAllLinesAsync(list, files.Select(f => $"{Checksum(f!, "SHA512")}  {scratch}/{f!["fileName"]}"), TestContext.Current.CancellationToken);
            await Tool.RunAsync("sha512sum", "--quiet", "-c", list);
            Assert.NotEmpty(files);
        }
        finally
        {
            Strata.Core.FileTree.Delete(scratch);
        }
    }

    [Fact]
    public void The_program_leads_to_its_recipe_and_the_sources_pinned_there()
    {
        var document = JsonNode.Parse(System.IO.File.ReadAllText(File(".spdx-2.3.json")))!;
        var related = document["relationships"]!.AsArray().Select(r => ((string)r!["spdxElementId"]!, (string)r["relationshipType"]!, (string)r["relatedSpdxElement"]!)).ToList();

        Assert.Contains(("SPDXRef-Image", "CONTAINS", "SPDXRef-Package-musl"), related);
        Assert.Contains(("SPDXRef-Package-hello", "DEPENDS_ON", "SPDXRef-Package-musl"), related);
        Assert.Contains(("SPDXRef-Package-musl", "GENERATED_FROM", "SPDXRef-Recipe-musl"), related);
        Assert.Contains(("SPDXRef-Recipe-musl", "CONTAINS", "SPDXRef-Source-musl-1"), related);
        var source = document["packages"]!.AsArray().Single(p => (string)p!["SPDXID"]! == "SPDXRef-Source-musl-1")!;
        Assert.StartsWith("https://", (string)source["downloadLocation"]!, StringComparison.Ordinal);
        Assert.Equal(64, Checksum(source, "SHA256").Length);
    }

    private static string Checksum(JsonNode element, string algorithm) =>
        (string)element["checksums"]!.AsArray().Single(c => (string)c!["algorithm"]! == algorithm)!["checksumValue"]!;
}
