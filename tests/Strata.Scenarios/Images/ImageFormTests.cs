using System.Text.Json.Nodes;

namespace Strata.Scenarios.Images;

/// <summary>What lies in the deploy directory is what the standards and their tools expect.</summary>
public sealed class ImageFormTests(Arm64Image image) : IClassFixture<Arm64Image>
{
    private static readonly string[] s_basics =
        ["bin/sh", "etc/passwd", "etc/group", "etc/hostname", "etc/resolv.conf", "etc/os-release", "sbin/init", "tmp", "proc", "sys", "dev", "run", "var/tmp", "root"];

    [Fact]
    public void Everything_a_runtime_or_a_booted_system_expects_is_there()
    {
        foreach (var path in s_basics)
            Assert.True(Path.Exists(Path.Combine(image.Rootfs, path)) || new FileInfo(Path.Combine(image.Rootfs, path)).LinkTarget is not null, path);
        Assert.Equal((UnixFileMode)0x3ff, File.GetUnixFileMode(Path.Combine(image.Rootfs, "tmp")));
        Assert.Contains("root:x:0:0:", File.ReadAllText(Path.Combine(image.Rootfs, "etc/passwd")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Everything_in_the_root_file_system_belongs_to_declared_users()
    {
        var listing = await Tool.RunAsync("tar", "--numeric-owner", "-tvzf", Path.Combine(image.Images, $"{image.Name}.rootfs.tar.gz"));

        var users = File.ReadLines(Path.Combine(image.Rootfs, "etc/passwd")).Select(l => l.Split(':')[2]).ToHashSet(StringComparer.Ordinal);
        Assert.All(listing.TrimEnd().Split('\n'), line => Assert.Contains(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1].Split('/')[0], users));
    }

    [Theory]
    [InlineData("oci-layout", "oci-image-layout-schema.json")]
    [InlineData("index.json", "oci-image-index-schema.json")]
    public async Task The_layout_is_valid_against_the_schemas(string file, string schema) =>
        await SchemaCheck.ValidateAsync(Path.Combine(image.OciLayout, file), schema);

    [Fact]
    public async Task Manifest_and_config_are_valid_against_the_schemas()
    {
        var manifest = Blob(JsonNode.Parse(File.ReadAllText(Path.Combine(image.OciLayout, "index.json")))!["manifests"]![0]!);
        await SchemaCheck.ValidateAsync(manifest, "oci-image-manifest-schema.json");
        await SchemaCheck.ValidateAsync(Blob(JsonNode.Parse(File.ReadAllText(manifest))!["config"]!), "oci-config-schema.json");
    }

    [Fact]
    public async Task Skopeo_reads_the_image_and_copies_it_whole()
    {
        var inspected = JsonNode.Parse(await Tool.RunAsync("skopeo", "inspect", $"oci:{image.OciLayout}:latest"))!;
        Assert.Equal("arm64", (string?)inspected["Architecture"]);

        await Tool.RunAsync("skopeo", "copy", $"oci:{image.OciLayout}:latest", $"dir:{Path.Combine(image.Scratch, "copied")}");
    }

    [Fact]
    public async Task Squashfs_and_ext4_hold_the_same_files_as_the_tarball()
    {
        var squashfs = await Tool.RunAsync("unsquashfs", "-lls", Path.Combine(image.Images, $"{image.Name}.squashfs"));
        Assert.Contains("squashfs-root/usr/bin/busybox", squashfs, StringComparison.Ordinal);

        var ext4 = Path.Combine(image.Images, $"{image.Name}.ext4");
        await Tool.RunAsync("e2fsck", "-fn", ext4);
        Assert.Contains("Mode:  01777", await Tool.RunAsync("debugfs", "-R", "stat /tmp", ext4), StringComparison.Ordinal);
        Assert.Contains("User:     0", await Tool.RunAsync("debugfs", "-R", "stat /usr/bin/busybox", ext4), StringComparison.Ordinal);
    }

    [Fact]
    public void The_licence_manifest_names_every_package_and_its_texts_are_there()
    {
        var manifest = File.ReadAllText(Path.Combine(image.Licenses, "license.manifest"));
        foreach (var package in new[] { "busybox", "zlib", "musl", "dropbear", "curl", "lua", "sqlite3" })
            Assert.Contains($"RECIPE NAME: {package}\n", manifest, StringComparison.Ordinal);
        foreach (var recipe in new[] { "busybox", "zlib", "musl", "openssl" })
            Assert.NotEmpty(Directory.EnumerateFiles(Path.Combine(image.Licenses, "licenses", recipe)));
    }

    private string Blob(JsonNode descriptor) =>
        Path.Combine(image.OciLayout, "blobs", ((string)descriptor["digest"]!).Replace(':', Path.DirectorySeparatorChar));
}
