using System.Text.Json;
using Strata.Core;
using Strata.Packaging;

namespace Strata.Tests.Packaging;

/// <summary>Images of several layers: as good as those of one, and cheaper to change.</summary>
public sealed class ImageLayerTests : IDisposable
{
    private readonly Scratch _scratch = new();
    private readonly ImageFixture _images;

    public ImageLayerTests() => _images = new(_scratch);

    public void Dispose() => _scratch.Dispose();

    [Theory]
    [InlineData(LayerCompression.Gzip, 40)]
    [InlineData(LayerCompression.Zstd, 40)]
    [InlineData(LayerCompression.Gzip, 3)]
    public async Task Many_layers_unpack_to_the_same_tree_as_one(LayerCompression compression, int budget)
    {
        await _images.WriteAsync("one", LayerStrategy.Single);
        var many = await _images.WriteAsync("many", LayerStrategy.Packages, compression, budget);

        Assert.InRange(many.Layers.Length, 2, budget);
        await UnpackAsync("one");
        await UnpackAsync("many");
        Assert.Equal(await ListAsync("one"), await ListAsync("many"));
    }

    [Fact]
    public async Task No_file_is_in_two_layers_and_every_directory_has_its_own_mode_in_each()
    {
        await _images.WriteAsync("many", LayerStrategy.Packages);

        var contents = await ContentsAsync("many");

        Assert.Equal(0, contents.Wasted);
        Assert.Equal((await ContentsAsync(await NameOfSingleAsync())).Files.Select(f => (f.Key, f.Value.Identity)), contents.Files.Select(f => (f.Key, f.Value.Identity)));
    }

    [Theory]
    [InlineData(40)]
    [InlineData(6)]
    public async Task An_edit_of_one_recipe_moves_one_layer(int budget)
    {
        var before = await _images.WriteAsync("before", LayerStrategy.Packages, budget: budget);
        var after = await _images.WriteAsync("after", LayerStrategy.Packages, budget: budget, edited: "c");

        Assert.Equal(before.Layers.Select(l => l.Name), after.Layers.Select(l => l.Name));
        Assert.Single(after.Layers.Select(l => l.Digest).Except(before.Layers.Select(l => l.Digest)));
    }

    [Fact]
    public async Task The_same_request_gives_the_same_bytes_with_either_compression()
    {
        foreach (var compression in Enum.GetValues<LayerCompression>())
        {
            var first = await _images.WriteAsync($"first-{compression}", LayerStrategy.Packages, compression);
            var second = await _images.WriteAsync($"second-{compression}", LayerStrategy.Packages, compression);
            Assert.Equal(first.Manifest, second.Manifest);
        }
    }

    [Fact]
    public async Task Archives_are_taken_by_skopeo_and_hold_the_same_image()
    {
        Tool.Require("skopeo");
        var image = await _images.WriteAsync("many", LayerStrategy.Packages);
        foreach (var (format, transport) in new[] { (ArchiveFormat.OciArchive, "oci-archive"), (ArchiveFormat.DockerArchive, "docker-archive") })
        {
            await ExportAsync(format, _scratch[transport]);
            using var seen = JsonDocument.Parse(await Tool.RunAsync("skopeo", "inspect", "--config", $"{transport}:{_scratch[transport]}"));
            Assert.Equal("SIGTERM", seen.RootElement.GetProperty("config").GetProperty("StopSignal").GetString());
            Assert.Equal(image.Layers.Select(l => l.DiffId.ToString()), seen.RootElement.GetProperty("rootfs").GetProperty("diff_ids").EnumerateArray().Select(d => d.GetString()));
            await Tool.RunAsync("skopeo", "copy", "--insecure-policy", $"{transport}:{_scratch[transport]}", $"dir:{_scratch[transport + "-copy"]}");
        }
    }

    [Fact]
    public async Task An_index_of_two_machines_gives_each_its_own()
    {
        Tool.Require("skopeo");
        var cancel = TestContext.Current.CancellationToken;
        var x86 = await _images.WriteAsync("x86", LayerStrategy.Single);
        var arm = await _images.WriteAsync("arm", LayerStrategy.Single, architecture: "aarch64");
        (ImageStore, string)[] images = [(Layout("x86"), "latest"), (Layout("arm"), "latest")];

        var index = await PlatformIndex.WriteAsync(images, Layout("both"), "v1", cancel);
        var other = await PlatformIndex.WriteAsync([.. images.Reverse()], Layout("other"), "v1", cancel);

        Assert.Equal(index.Digest, other.Digest);
        Assert.Equal([arm.Manifest, x86.Manifest], index.Children.Select(c => Digest.Parse(c.Digest)).OrderBy(d => d == x86.Manifest));
        Assert.Empty(JsonSchema.Problems(System.Text.Encoding.UTF8.GetString(index.Bytes), "oci-image-index-schema.json"));
        foreach (var architecture in (string[])["amd64", "arm64"])
        {
            using var seen = JsonDocument.Parse(await Tool.RunAsync("skopeo", "inspect", "--override-arch", architecture, "--config", $"oci:{_scratch["both"]}:v1"));
            Assert.Equal(architecture, seen.RootElement.GetProperty("architecture").GetString());
        }
        var twice = await Assert.ThrowsAsync<ImageException>(() => PlatformIndex.WriteAsync([images[0], images[0]], Layout("twice"), "v1", cancel));
        Assert.Equal("STR6210", twice.Diagnostic.Rule.Code);
    }

    private async Task<string> NameOfSingleAsync()
    {
        await _images.WriteAsync("single", LayerStrategy.Single);
        return "single";
    }

    private async Task<ImageContents> ContentsAsync(string name)
    {
        var cancel = TestContext.Current.CancellationToken;
        return await ImageContents.ReadAsync(Layout(name), await Layout(name).GetAsync("latest", cancel), cancel);
    }

    private async Task ExportAsync(ArchiveFormat format, string file)
    {
        var cancel = TestContext.Current.CancellationToken;
        await using var target = File.Create(file);
        await ImageArchive.WriteAsync(Layout("many"), await Layout("many").GetAsync("latest", cancel), format, "many:latest", target, cancel);
    }

    /// <summary>Umoci's own idea of the tree; it reads no zstd, so skopeo makes gzip of it first.</summary>
    private async Task UnpackAsync(string name)
    {
        Tool.Require("umoci", "skopeo");
        await Tool.RunAsync("skopeo", "copy", "--insecure-policy", "--dest-compress-format", "gzip", "--dest-compress", $"oci:{_scratch[name]}:latest", $"oci:{_scratch[name + "-gzip"]}:latest");
        await Tool.RunAsync("umoci", "unpack", "--rootless", "--image", $"{_scratch[name + "-gzip"]}:latest", _scratch[$"{name}-bundle"]);
    }

    private async Task<string> ListAsync(string name) =>
        await Tool.RunAsync("sh", "-c", $"cd '{_scratch[name + "-bundle"]}/rootfs' && find . -printf '%p %y %m %U %G %T@ %l\\n' | sort && find . -type f -exec sha256sum {{}} + | sort");

    private LayoutImages Layout(string name) => new(_scratch[name]);
}
