using System.Text.Json.Nodes;

namespace Strata.Scenarios.Images;

/// <summary>One build for two machines ends in one name for both of their images.</summary>
public sealed class SeveralMachinesTests(Arm64Image arm, X64Image x64) : IClassFixture<Arm64Image>, IClassFixture<X64Image>
{
    private static readonly string s_layout = Checkout.Path("build/tmp/deploy/images/multiarch/target-image-multiarch.oci");

    private readonly ScenarioWorkspace _workspace = new(Checkout.Path("."), TestContext.Current.TestOutputHelper);

    [Fact]
    public async Task The_index_names_the_images_that_builds_for_one_machine_make_and_container_tools_read_it()
    {
        (await _workspace.Strata("build target-image --machine qemuarm64,qemux86-64")).Succeeds().Prints("images/multiarch/");

        var index = JsonNode.Parse(await Tool.RunAsync("skopeo", "inspect", "--raw", $"oci:{s_layout}:latest"))!;
        Assert.Equal("application/vnd.oci.image.index.v1+json", (string)index["mediaType"]!);
        var images = index["manifests"]!.AsArray().ToDictionary(m => (string)m!["platform"]!["architecture"]!, m => (string)m!["digest"]!, StringComparer.Ordinal);
        Assert.Equal(new Dictionary<string, string> { ["amd64"] = DigestOf(x64), ["arm64"] = DigestOf(arm) }, images);

        foreach (var (architecture, image) in images)
        {
            var copy = Path.Combine(arm.Scratch, architecture);
            await Tool.RunAsync("skopeo", "copy", "--override-arch", architecture, $"oci:{s_layout}:latest", $"oci:{copy}:latest");
            Assert.Equal(image, DigestOf(copy));
            await Tool.RunAsync("umoci", "unpack", "--rootless", "--image", $"{s_layout}:{architecture}", $"{copy}-unpacked");
            Assert.True(File.Exists($"{copy}-unpacked/rootfs/bin/busybox"));
        }
    }

    [Fact]
    public async Task The_index_is_the_same_in_any_order_and_comes_back_when_it_is_lost()
    {
        (await _workspace.Strata("build target-image --machine qemuarm64,qemux86-64")).Succeeds();
        var digest = DigestOf(s_layout);
        Core.FileTree.Delete(s_layout);

        (await _workspace.Strata("build target-image --machine qemux86-64,qemuarm64")).Succeeds();

        Assert.Equal(digest, DigestOf(s_layout));
    }

    private static string DigestOf(BuiltImage image) => DigestOf(image.OciLayout);

    private static string DigestOf(string layout) => (string)JsonNode.Parse(File.ReadAllText(Path.Combine(layout, "index.json")))!["manifests"]!.AsArray().Single(m => (string)m!["annotations"]!["org.opencontainers.image.ref.name"]! == "latest")!["digest"]!;
}
