using System.Collections.Immutable;
using System.IO.Compression;
using System.Text.Json;
using Strata.Core;
using Strata.Packaging;

namespace Strata.Tests.Packaging;

/// <summary>Image layouts as the published schemas and real clients see them.</summary>
public sealed class OciImageWriterTests : IDisposable
{
    private static readonly DateTimeOffset s_epoch = DateTimeOffset.FromUnixTimeSeconds(1_600_000_000);

    private readonly Scratch _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public async Task Every_document_is_valid_by_the_published_schemas()
    {
        var image = await WriteAsync();

        Assert.Empty(JsonSchema.Problems(Read("oci-layout"), "oci-image-layout-schema.json"));
        Assert.Empty(JsonSchema.Problems(Read("index.json"), "oci-image-index-schema.json"));
        Assert.Empty(JsonSchema.Problems(Blob(image.Manifest), "oci-image-manifest-schema.json"));
        Assert.Empty(JsonSchema.Problems(Blob(image.Config), "oci-config-schema.json"));
        Assert.NotEmpty(JsonSchema.Problems("{\"imageLayoutVersion\":1}", "oci-image-layout-schema.json"));
    }

    [Fact]
    public async Task Blobs_have_the_digests_that_name_them_and_the_layer_is_the_archive()
    {
        var image = await WriteAsync();

        foreach (var blob in Directory.EnumerateFiles(_scratch["image/blobs/sha256"])) Assert.Equal(Path.GetFileName(blob), Digest.OfFile(blob).Hex);
        Assert.Equal(3, Directory.EnumerateFiles(_scratch["image/blobs/sha256"]).Count());
        await using var layer = new GZipStream(File.OpenRead(_scratch[$"image/blobs/sha256/{image.Layers[0].Digest.Hex}"]), CompressionMode.Decompress);
        Assert.Equal(image.Layers[0].DiffId, Digest.Of(layer));
        Assert.Equal(image.Layers[0].DiffId, Digest.OfFile(_scratch["rootfs/rootfs.tar"]));
    }

    [Fact]
    public async Task The_config_says_what_was_asked_for_and_the_same_request_gives_the_same_image()
    {
        var first = await WriteAsync();
        using var config = JsonDocument.Parse(Blob(first.Config));
        var run = config.RootElement.GetProperty("config");

        Assert.Equal("arm64", config.RootElement.GetProperty("architecture").GetString());
        Assert.Equal("v8", config.RootElement.GetProperty("variant").GetString());
        Assert.Equal("2020-09-13T12:26:40Z", config.RootElement.GetProperty("created").GetString());
        Assert.Equal("/bin/hello", run.GetProperty("Entrypoint")[0].GetString());
        Assert.Equal(["53/udp", "80/tcp"], run.GetProperty("ExposedPorts").EnumerateObject().Select(p => p.Name));

        FileTree.Delete(_scratch["image"]);
        Assert.Equal(first.Manifest, (await WriteAsync()).Manifest);
    }

    [Fact]
    public async Task Skopeo_inspects_and_copies_it()
    {
        Tool.Require("skopeo");
        await WriteAsync();

        using var seen = JsonDocument.Parse(await Tool.RunAsync("skopeo", "inspect", $"oci:{_scratch["image"]}:v1"));
        Assert.Equal("arm64", seen.RootElement.GetProperty("Architecture").GetString());

        await Tool.RunAsync("skopeo", "copy", "--insecure-policy", $"oci:{_scratch["image"]}:v1", $"dir:{_scratch["copy"]}");
        await Tool.RunAsync("skopeo", "copy", "--insecure-policy", "--format", "v2s2", $"oci:{_scratch["image"]}:v1", $"docker-archive:{_scratch["docker.tar"]}");
    }

    [Fact]
    public async Task Umoci_unpacks_it_as_an_ordinary_user_would()
    {
        Tool.Require("umoci");
        await WriteAsync();

        await Tool.RunAsync("umoci", "unpack", "--rootless", "--image", $"{_scratch["image"]}:v1", _scratch["bundle"]);

        Assert.Equal("hello\n", File.ReadAllText(_scratch["bundle/rootfs/etc/greeting"]));
        Assert.Equal("greeting", new FileInfo(_scratch["bundle/rootfs/etc/link"]).LinkTarget);
        Assert.Equal(0b001_111_111_111, (int)File.GetUnixFileMode(_scratch["bundle/rootfs/tmp"]));
    }

    [Fact]
    public async Task Crun_starts_the_program_inside()
    {
        Tool.Require("umoci", "crun", "gcc", "unshare");
        await Tool.CompileAsync("gcc", "#include <stdio.h>\nint main(void) { puts(\"hello from inside\"); return 0; }", _scratch["d/bin/hello"], "-static");
        await WriteAsync();
        await Tool.RunAsync("umoci", "unpack", "--rootless", "--image", $"{_scratch["image"]}:v1", _scratch["bundle"]);
        var config = await File.ReadAllTextAsync(_scratch["bundle/config.json"], TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(_scratch["bundle/config.json"], config.Replace("\"terminal\": true", "\"terminal\": false", StringComparison.Ordinal), TestContext.Current.CancellationToken);

        // In a mount namespace of its own, because crun refuses the mixed cgroup hierarchies of some build machines.
        var script = $"umount -R /sys/fs/cgroup; mount -t cgroup2 none /sys/fs/cgroup; exec crun --root '{_scratch["state"]}' --cgroup-manager disabled run --bundle '{_scratch["bundle"]}' strata-test-{Environment.ProcessId}";
        var outcome = await ProcessRunner.RunAsync(new() { Command = ["unshare", "--mount", "sh", "-c", script] }, TestContext.Current.CancellationToken);

        Assert.SkipWhen(!outcome.Succeeded && Environment.UserName != "root", $"making containers needs more rights here: {outcome.Error}");
        Assert.True(outcome.Succeeded, outcome.Error);
        Assert.Equal("hello from inside\n", outcome.Output);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData((1 << 20) - 1)]
    [InlineData(1 << 20)]
    [InlineData((5 << 20) + 17)]
    public async Task Every_reader_of_gzip_takes_the_whole_of_it(int length)
    {
        var bytes = new byte[length];
        new Random(length).NextBytes(bytes.AsSpan(0, length / 2));
        await File.WriteAllBytesAsync(_scratch["plain"], bytes, TestContext.Current.CancellationToken);

        var digest = await TarGzWriter.WriteAsync(_scratch["plain"], _scratch["out/packed.gz"], TestContext.Current.CancellationToken);

        Assert.Equal(Digest.Of(bytes), digest);
        await Tool.RunAsync("gzip", "--test", _scratch["out/packed.gz"]);
        await using var back = new GZipStream(File.OpenRead(_scratch["out/packed.gz"]), CompressionMode.Decompress);
        Assert.Equal(digest, Digest.Of(back));
    }

    [Theory]
    [InlineData("", "123456789", 0xCBF43926u)]
    [InlineData("123456789", "", 0xCBF43926u)]
    [InlineData("The quick brown fox ", "jumps over the lazy dog", 0x414FA339u)]
    public void The_checksum_of_two_parts_is_that_of_the_whole(string first, string rest, uint expected)
    {
        Assert.Equal(expected, Crc32.Combine(SumOf(first), SumOf(rest), rest.Length));

        // As gzip sums it.
        static uint SumOf(string text)
        {
            var packed = new MemoryStream();
            using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true)) gzip.Write(System.Text.Encoding.ASCII.GetBytes(text));
            return packed.Length == 0 ? 0 : BitConverter.ToUInt32(packed.ToArray().AsSpan()[^8..]);
        }
    }

    private async Task<OciImage> WriteAsync()
    {
        var diagnostics = new Diagnostics();
        var cancel = TestContext.Current.CancellationToken;
        _scratch.MakeDirectory("d/tmp", 0b001_111_111_111);
        _scratch.Write("d/etc/greeting", "hello\n");
        if (!File.Exists(_scratch["d/etc/link"])) _scratch.Link("d/etc/link", "greeting");
        FileTree.Delete(_scratch["packages"]);
        PackageSplitter.Split(new()
        {
            InstallTree = _scratch["d"],
            OutputDirectory = _scratch["packages"],
            Recipe = "hello",
            Version = "1",
            License = "MIT",
            PackageArchitecture = "all",
            Packages = [new() { Name = "hello", Files = ["/"] }],
        }, diagnostics, cancel);
        RootfsBuilder.Build(new()
        {
            Install = ["hello"],
            PackageArtifacts = [_scratch["packages"]],
            OutputDirectory = _scratch["rootfs"],
            Epoch = s_epoch,
            RequireBasics = false,
        }, diagnostics, cancel);
        Assert.False(diagnostics.HasErrors, string.Join('\n', diagnostics.Sorted()));

        return await OciImageWriter.WriteAsync(new()
        {
            RootfsTar = _scratch["rootfs/rootfs.tar"],
            OutputDirectory = _scratch["image"],
            Platform = OciPlatform.Of("aarch64"),
            Created = s_epoch,
            ReferenceName = "v1",
            Entrypoint = ["/bin/hello"],
            Environment = ["PATH=/bin"],
            WorkingDirectory = "/",
            ExposedPorts = ["80", "53/udp"],
            Labels = ImmutableSortedDictionary<string, string>.Empty.Add("who", "test"),
        }, cancel);
    }

    private string Read(string name) => File.ReadAllText(_scratch[$"image/{name}"]);

    private string Blob(Digest digest) => Read($"blobs/sha256/{digest.Hex}");
}
