using System.Text.Json.Nodes;

namespace Strata.Scenarios.Images;

/// <summary>What an image was made from, as somebody gets it who has nothing else.</summary>
public sealed class SourceBundleScenarios(ITestOutputHelper output) : Scenario(output)
{
    private const string Name = "hello-image-qemuarm64";

    private readonly ITestOutputHelper _output = output;
    private readonly ScenarioWorkspace _workspace = new(Checkout.Path("."), output) { Environment = { ["MACHINE"] = "qemuarm64" } };

    private static JsonObject Index(string bundle) => JsonNode.Parse(File.ReadAllText(Path.Combine(bundle, "index.json")))!["images"]!.AsObject();

    private static string Manifest(string layout) => (string)JsonNode.Parse(File.ReadAllText(Path.Combine(layout, "index.json")))!["manifests"]![0]!["digest"]!;

    [Fact]
    public async Task An_image_is_built_again_from_its_bundle_alone_without_a_network()
    {
        var place = TemporaryDirectory();
        var (one, other) = (Path.Combine(place, "one.tar.zst"), Path.Combine(place, "other.tar.zst"));
        (await _workspace.Strata($"license sources hello-image --into {one}")).Succeeds().Prints("0 left out");
        (await _workspace.Strata($"license sources hello-image --into {other}")).Succeeds();
        (await _workspace.Strata("license sources hello-image --into /proc/bundle")).FailsWith(1).Prints("STR1204");

        var elsewhere = TemporaryDirectory();
        await Tool.RunAsync("tar", "--zstd", "-xf", one, "-C", elsewhere);
        await Tool.RunAsync("tar", "--zstd", "-xf", other, "-C", elsewhere);
        var (bundle, again) = (Path.Combine(elsewhere, "one-sources"), Path.Combine(elsewhere, "other-sources"));
        await Tool.RunAsync("sh", "-c", $"cd {bundle} && sha256sum --check --quiet --strict SHA256SUMS");
        Assert.Equal(File.ReadAllText(Path.Combine(bundle, "SHA256SUMS")), File.ReadAllText(Path.Combine(again, "SHA256SUMS")));
        var expected = Manifest(Checkout.Path($"build/tmp/deploy/images/qemuarm64/{Name}.oci"));
        Assert.Equal([expected], Index(bundle).Select(i => i.Key));
        Assert.Contains(expected, File.ReadAllText(Path.Combine(bundle, "README")), StringComparison.Ordinal);

        // Neither the network nor anything of this checkout but the program.
        var rebuilt = new ScenarioWorkspace(Path.Combine(bundle, "workspace"), _output) { Prefix = ["unshare", "--user", "--map-root-user", "--net"] };
        (await rebuilt.Strata("build hello-image")).Succeeds();

        Assert.Equal(expected, Manifest(rebuilt.PathOf($"build/tmp/deploy/images/qemuarm64/{Name}.oci")));
        Assert.DoesNotContain(Checkout.Path("."), File.ReadAllText(rebuilt.PathOf("conf/bblayers.conf")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_an_image_only_what_licences_oblige_to_offer_is_handed_out()
    {
        var bundle = Path.Combine(TemporaryDirectory(), "bundle");

        (await _workspace.Strata($"license sources target-image --copyleft-only --into {bundle}")).Succeeds().Prints("left out musl");

        var image = Index(bundle).Single().Value!;
        string[] Names(string list) => [.. image[list]!.AsArray().Select(r => (string)r!["name"]!)];
        Assert.False((bool)image["isComplete"]!);
        Assert.Contains("busybox", Names("recipes"));
        Assert.Contains("musl", Names("leftOut"));
        Assert.Contains(image["leftOut"]!.AsArray(), r => (string)r!["name"]! == "musl" && ((string)r["reason"]!).Contains("permissive", StringComparison.Ordinal));
        Assert.Contains(Directory.EnumerateFiles(Path.Combine(bundle, "sources")), f => Path.GetFileName(f).StartsWith("busybox", StringComparison.Ordinal));
        Assert.DoesNotContain(Directory.EnumerateFiles(bundle, "*", SearchOption.AllDirectories), f => Path.GetFileName(f).StartsWith("musl", StringComparison.Ordinal));
        Assert.NotEmpty(Directory.EnumerateFiles(bundle, "busybox_*.bb", SearchOption.AllDirectories));
        Assert.NotEmpty(Directory.EnumerateFiles(bundle, "image.bbclass", SearchOption.AllDirectories));
    }
}
