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

    [Theory]
    [InlineData(LayerCompression.Gzip)]
    [InlineData(LayerCompression.Zstd)]
    public async Task After_an_edit_only_its_layer_is_compressed_again(LayerCompression compression)
    {
        var (cache, fresh) = (_scratch["cache"], await _images.WriteAsync("fresh", LayerStrategy.Packages, compression, edited: "c"));
        var first = await _images.WriteAsync("first", LayerStrategy.Packages, compression, cache: cache);
        var second = await _images.WriteAsync("second", LayerStrategy.Packages, compression, edited: "c", cache: cache);

        Assert.DoesNotContain(first.Layers, l => l.IsReused);
        Assert.Equal(["c"], second.Layers.Where(l => !l.IsReused).Select(l => l.Name));
        Assert.Equal(fresh.Manifest, second.Manifest);
        Assert.Equal(second.Layers.Length, Directory.EnumerateFiles(cache).Count());

        // A damaged file is not used.
        foreach (var file in Directory.EnumerateFiles(cache)) File.AppendAllText(file, "x");
        var third = await _images.WriteAsync("third", LayerStrategy.Packages, compression, edited: "c", cache: cache);
        Assert.DoesNotContain(third.Layers, l => l.IsReused);
        Assert.Equal(fresh.Manifest, third.Manifest);
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
    public async Task The_files_of_an_image_are_an_archive_that_tar_takes_whatever_the_layers()
    {
        Tool.Require("tar", "umoci");
        await _images.WriteAsync("one", LayerStrategy.Single);
        await _images.WriteAsync("many", LayerStrategy.Packages);
        await _images.WriteAsync("zstd", LayerStrategy.Packages, LayerCompression.Zstd);
        foreach (var name in new[] { "one", "many", "zstd" })
        {
            await ExportAsync(ArchiveFormat.Tar, _scratch[$"{name}.tar"], name);
            _scratch.MakeDirectory($"{name}-files");
            await Tool.RunAsync("tar", "-x", "-p", "--no-same-owner", "-f", _scratch[$"{name}.tar"], "-C", _scratch[$"{name}-files"]);
        }

        Assert.Equal(Digest.OfFile(_scratch["one-rootfs/rootfs.tar"]), Digest.OfFile(_scratch["one.tar"]));
        var tree = await TreeAsync("one-files");
        Assert.Equal(tree, await TreeAsync("many-files"));
        Assert.Equal(tree, await TreeAsync("zstd-files"));
        await Tool.RunAsync("umoci", "unpack", "--rootless", "--image", $"{_scratch["many"]}:latest", _scratch["bundle"]);
        Assert.Equal(tree, await TreeAsync("bundle/rootfs"));

        Task<string> TreeAsync(string directory) =>
            Tool.RunAsync("sh", "-c", $"cd '{_scratch[directory]}' && find . -mindepth 1 -printf '%P %y %m %l %T@\\n' | LC_ALL=C sort && find . -type f -exec sha256sum {{}} + | LC_ALL=C sort");
    }

    [Fact]
    public async Task What_higher_layers_hide_is_not_in_the_archive_and_its_other_names_still_are()
    {
        Tool.Require("tar", "umoci");
        await _images.WriteAsync("hidden", LayerStrategy.Single);
        await Tool.RunAsync("umoci", "unpack", "--rootless", "--image", $"{_scratch["hidden"]}:latest", _scratch["bundle"]);
        var root = _scratch["bundle/rootfs"];
        await Tool.RunAsync("sh", "-ec", $"cd '{root}'; mkdir dir; echo kept > dir/file; ln dir/file link; ln dir/file twin; echo gone > gone");
        await RepackAsync();
        await Tool.RunAsync("sh", "-ec", $"cd '{root}'; rm gone; rm -r dir; echo now-a-file > dir; rm -r usr/lib");
        await RepackAsync();

        await ExportAsync(ArchiveFormat.Tar, _scratch["hidden.tar"], "hidden");
        _scratch.MakeDirectory("files");
        await Tool.RunAsync("tar", "-x", "-p", "--no-same-owner", "-f", _scratch["hidden.tar"], "-C", _scratch["files"]);

        Assert.Equal("", await Tool.RunAsync("diff", "--recursive", "--no-dereference", root, _scratch["files"]));
        Assert.Equal("2", (await Tool.RunAsync("stat", "-c", "%h", _scratch["files/twin"])).Trim());

        Task RepackAsync() => Tool.RunAsync("umoci", "repack", "--image", $"{_scratch["hidden"]}:latest", _scratch["bundle"]);
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
        Assert.Equal("STR6212", twice.Diagnostic.Rule.Code);
    }

    [Fact]
    public async Task An_image_on_a_base_has_its_layers_below_and_what_it_leaves_open()
    {
        Tool.Require("skopeo", "umoci");
        var cancel = TestContext.Current.CancellationToken;
        var below = await _images.WriteAsync("below", LayerStrategy.Single, architecture: "x86_64");
        await _images.WriteAsync("arm", LayerStrategy.Single, architecture: "aarch64");
        await PlatformIndex.WriteAsync([(Layout("below"), "latest"), (Layout("arm"), "latest")], Layout("both"), "v1", cancel);
        var index = await Layout("both").GetAsync("v1", cancel);
        _scratch.MakeDirectory("own");
        _scratch.Write("own-tree/usr/bin/a", "mine\n", 0b111_101_101);
        await Tool.RunAsync("tar", "-cf", _scratch["own/rootfs.tar"], "-C", _scratch["own-tree"], "usr/bin/a");

        var image = await WriteOnAsync(await BaseImage.FindAsync(Layout("mirror"), Layout("both"), index.Digest, OciPlatform.Of("x86_64"), "registry.example/both", cancel));
        // What is in the mirror needs no network.
        var offline = await WriteOnAsync(await BaseImage.FindAsync(Layout("mirror"), null, index.Digest, OciPlatform.Of("x86_64"), "registry.example/both", cancel));

        Assert.Equal(image.Manifest, offline.Manifest);
        using var config = JsonDocument.Parse(await Tool.RunAsync("skopeo", "inspect", "--config", $"oci:{_scratch["on-base"]}:latest"));
        Assert.Equal([below.Layers[0].DiffId.ToString(), image.Layers[0].DiffId.ToString()], config.RootElement.GetProperty("rootfs").GetProperty("diff_ids").EnumerateArray().Select(d => d.GetString()));
        Assert.Equal("/usr/bin/a", config.RootElement.GetProperty("config").GetProperty("Entrypoint")[0].GetString());
        Assert.Equal("1000", config.RootElement.GetProperty("config").GetProperty("User").GetString());
        var manifest = System.Text.Encoding.UTF8.GetString((await Layout("on-base").GetAsync("latest", cancel)).Bytes);
        Assert.Contains($"\"org.opencontainers.image.base.digest\":\"{below.Manifest}\"", manifest, StringComparison.Ordinal);
        Assert.Empty(JsonSchema.Problems(manifest, "oci-image-manifest-schema.json"));
        await UnpackAsync("on-base");
        Assert.Equal("mine\n", await File.ReadAllTextAsync(_scratch["on-base-bundle/rootfs/usr/bin/a"], cancel));
        Assert.True(File.Exists(_scratch["on-base-bundle/rootfs/usr/bin/b"]));
        var absent = await Assert.ThrowsAsync<ImageException>(() => BaseImage.FindAsync(Layout("mirror"), null, Digest.Of("none"), OciPlatform.Of("x86_64"), "registry.example/both", cancel));
        Assert.Equal("STR6202", absent.Diagnostic.Rule.Code);

        Task<OciImage> WriteOnAsync(BaseImage on) => OciImageWriter.WriteAsync(new()
        {
            RootfsTar = _scratch["own/rootfs.tar"],
            OutputDirectory = _scratch["on-base"],
            Platform = OciPlatform.Of("x86_64"),
            Created = ImageFixture.Epoch,
            User = "1000",
            Base = on,
        }, cancel);
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

    private async Task ExportAsync(ArchiveFormat format, string file, string image = "many")
    {
        var cancel = TestContext.Current.CancellationToken;
        await using var target = File.Create(file);
        await ImageArchive.WriteAsync(Layout(image), await Layout(image).GetAsync("latest", cancel), format, $"{image}:latest", target, cancel);
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
