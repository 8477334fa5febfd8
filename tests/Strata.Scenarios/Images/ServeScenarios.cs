using System.Net;
using Strata.Core;

namespace Strata.Scenarios.Images;

/// <summary>Images that exist because somebody pulls them.</summary>
public sealed class ServeScenarios(ServingMachine server) : IClassFixture<ServingMachine>, IDisposable
{
    private readonly HttpClient _client = new() { BaseAddress = new($"http://{server.Address}/v2/") };
    private readonly string _scratch = Directory.CreateTempSubdirectory("strata-serve-").FullName;

    private int Builds => server.Log.Count(line => line.StartsWith("Build finished", StringComparison.Ordinal));

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _client.Dispose();
        FileTree.Delete(_scratch);
    }

    [Fact]
    public async Task Pulls_at_the_same_time_and_in_any_order_of_packages_are_one_build()
    {
        var before = Builds;
        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(i => DigestAsync(i % 2 == 0 ? "shell/lua/zlib" : "zlib/lua/shell/lua")));

        Assert.Single(answers.Distinct());
        Assert.Equal(before + 1, Builds);
    }

    [Fact]
    public async Task The_image_has_the_packages_of_its_name_and_what_they_need()
    {
        var (layout, bundle) = (Path.Combine(_scratch, "image"), Path.Combine(_scratch, "bundle"));
        await Tool.RunAsync("skopeo", "--insecure-policy", "copy", "--src-tls-verify=false", $"docker://{server.Address}/shell/sqlite3:qemux86-64", $"oci:{layout}:latest");
        await Tool.RunAsync("umoci", "unpack", "--rootless", "--image", $"{layout}:latest", bundle);

        Assert.Contains("\"/bin/sh\"", await File.ReadAllTextAsync(Path.Combine(bundle, "config.json"), Cancel), StringComparison.Ordinal);
        foreach (var file in (string[])["usr/bin/sqlite3", "usr/bin/busybox", "etc/passwd", "usr/lib/ld-musl-x86_64.so.1"])
            Assert.True(File.Exists(Path.Combine(bundle, "rootfs", file)), $"{file} is missing");
        Assert.False(File.Exists(Path.Combine(bundle, "rootfs/usr/bin/curl")));
    }

    [Theory]
    [InlineData("shell/zlibb/manifests/latest", "did you mean 'zlib'?")]
    [InlineData("zlib/manifests/qemux86_64", "did you mean 'qemux86-64'?")]
    [InlineData("zlib/manifests/sha256-3e25960a79dbc69b674cd4ec67a72c62d0e8b1a3b5e4b4d3d8e5f0b1c2d3e4f5", "MANIFEST_UNKNOWN")]
    [InlineData("zlibb/tags/list", "NAME_UNKNOWN")]
    public async Task What_does_not_exist_is_not_built_and_the_answer_says_what_was_meant(string path, string expected)
    {
        using var answer = await _client.GetAsync(path, Cancel);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Contains(expected, await answer.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_tags_are_the_machines() =>
        Assert.Contains("\"tags\":[\"latest\",\"qemuarm\",\"qemuarm64\"", await _client.GetStringAsync("shell/zlib/tags/list", Cancel), StringComparison.Ordinal);

    private async Task<string> DigestAsync(string name)
    {
        using var answer = await _client.GetAsync($"{name}/manifests/latest", Cancel);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(Cancel));
        return answer.Headers.GetValues("Docker-Content-Digest").Single();
    }
}
