using System.Collections.Immutable;
using System.Text.Json;
using Strata.Cache;
using Strata.Core;
using Strata.Packaging;
using Strata.Tests.Cache;
using Strata.Tests.Cache.Remotes;

namespace Strata.Tests.Packaging;

/// <summary>Images in Debian's docker-registry, with skopeo as the other client.</summary>
public sealed class RegistryTests : IDisposable
{
    /// <summary>bcrypt of “pass word”.</summary>
    private const string HashedPassword = "$2y$05$BQs5Vf2hYkVcQxCEYUbxaO5mLF7WSpeZq3NnmgUeKsetD1jxyBqC6";

    private readonly Scratch _scratch = new();
    private readonly TemporaryDirectory _server = new();
    private readonly HttpClient _client = HttpExchange.Client(TimeSpan.FromSeconds(5));
    private readonly ImageFixture _images;

    public RegistryTests() => _images = new(_scratch);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _client.Dispose();
        _server.Dispose();
        _scratch.Dispose();
    }

    [Fact]
    public async Task A_pushed_image_is_what_skopeo_sees_and_what_is_pulled_back()
    {
        Tool.Require("skopeo");
        await using var server = await RemoteServer.RegistryAsync(_server);
        var image = await _images.WriteAsync("image", LayerStrategy.Packages);

        await ImageCopy.RunAsync(Layout("image"), "latest", Open(server, "team/app"), "v1", Cancel);
        await ImageCopy.RunAsync(Open(server, "team/app"), "v1", Layout("back"), "latest", Cancel);

        using var seen = JsonDocument.Parse(await Tool.RunAsync("skopeo", "inspect", "--tls-verify=false", $"docker://127.0.0.1:{server.Port}/team/app:v1"));
        Assert.Equal(image.Manifest.ToString(), seen.RootElement.GetProperty("Digest").GetString());
        Assert.Equal(["v1"], await Open(server, "team/app").TagsAsync(Cancel));
        Assert.Equal(image.Manifest, (await Layout("back").GetAsync("latest", Cancel)).Digest);
        Assert.Equal(Blobs("image"), Blobs("back"));
    }

    [Fact]
    public async Task What_the_registry_has_is_not_sent_again()
    {
        await using var server = await RemoteServer.RegistryAsync(_server);
        await _images.WriteAsync("before", LayerStrategy.Packages);
        var after = await _images.WriteAsync("after", LayerStrategy.Packages, edited: "c");
        await ImageCopy.RunAsync(Layout("before"), "latest", Open(server, "app"), "v1", Cancel);

        var unchanged = Open(server, "app");
        await ImageCopy.RunAsync(Layout("before"), "latest", unchanged, "v1", Cancel);
        var edited = Open(server, "app");
        await ImageCopy.RunAsync(Layout("after"), "latest", edited, "v1", Cancel);
        var mounted = Open(server, "other/app");
        await ImageCopy.RunAsync(Open(server, "app"), "v1", mounted, "v1", Cancel);

        Assert.Equal((1, 0), (unchanged.Requests, unchanged.BytesSent));
        var config = new FileInfo(_scratch[$"after/blobs/sha256/{after.Config.Hex}"]).Length;
        var manifest = new FileInfo(_scratch[$"after/blobs/sha256/{after.Manifest.Hex}"]).Length;
        Assert.Equal(after.Layers.Single(l => l.Name == "c").Size + config + manifest, edited.BytesSent);
        Assert.Equal(manifest, mounted.BytesSent);
        Assert.Equal(after.Manifest, await Open(server, "other/app").FindDigestAsync("v1", Cancel));
    }

    [Fact]
    public async Task A_large_blob_goes_in_pieces()
    {
        await using var server = await RemoteServer.RegistryAsync(_server);
        var bytes = new byte[(2 * BlobUpload.PieceSize) + 12_345];
        new Random(1).NextBytes(bytes);
        var registry = Open(server, "large");

        var blob = await registry.WriteBytesAsync("application/octet-stream", bytes, Cancel);

        Assert.Equal(bytes.Length, registry.BytesSent);
        Assert.Equal(5, registry.Requests);                     // there? a session, three pieces
        await using var back = await registry.OpenBlobAsync(blob, Cancel);
        Assert.Equal(blob.Digest, Digest.Of(back).ToString());
    }

    [Fact]
    public async Task A_password_from_the_docker_configuration_opens_the_registry()
    {
        _server.Write("htpasswd", $"builder:{HashedPassword}\n");
        await using var server = await RemoteServer.RegistryAsync(_server, $"auth: {{ htpasswd: {{ realm: test, path: {_server["htpasswd"]} }} }}");
        await _images.WriteAsync("image", LayerStrategy.Single);
        var host = $"127.0.0.1:{server.Port}";
        _server.Write("docker/config.json", $$$"""{"auths":{"{{{host}}}":{"auth":"{{{Convert.ToBase64String("builder:pass word"u8)}}}"} } }""");

        var refused = await Assert.ThrowsAsync<ImageException>(() => ImageCopy.RunAsync(Layout("image"), "latest", Open(server, "app"), "v1", Cancel));
        await ImageCopy.RunAsync(Layout("image"), "latest", Open(server, "app", ("DOCKER_CONFIG", _server["docker"])), "v1", Cancel);

        Assert.Equal("STR6201", refused.Diagnostic.Rule.Code);
        Assert.Contains("401", refused.Diagnostic.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_pulled_blob_with_other_bytes_is_refused_and_not_kept()
    {
        await using var server = await RemoteServer.RegistryAsync(_server);
        var image = await _images.WriteAsync("image", LayerStrategy.Single);
        await ImageCopy.RunAsync(Layout("image"), "latest", Open(server, "app"), "v1", Cancel);
        var hex = image.Layers[0].Digest.Hex;
        var stored = _server[$"registry/docker/registry/v2/blobs/sha256/{hex[..2]}/{hex}/data"];
        var bytes = await File.ReadAllBytesAsync(stored, Cancel);
        bytes[^1] ^= 1;
        await File.WriteAllBytesAsync(stored, bytes, Cancel);

        var refused = await Assert.ThrowsAsync<ImageException>(() => ImageCopy.RunAsync(Open(server, "app"), "v1", Layout("back"), "latest", Cancel));

        Assert.Equal("STR6205", refused.Diagnostic.Rule.Code);
        Assert.False(File.Exists(_scratch[$"back/blobs/sha256/{hex}"]));
        Assert.Empty(await Layout("back").TagsAsync(Cancel));
    }

    [Fact]
    public async Task Signatures_lie_where_cosign_looks_and_openssl_verifies_them()
    {
        Tool.Require("openssl");
        await using var server = await RemoteServer.RegistryAsync(_server);
        await _images.WriteAsync("image", LayerStrategy.Single);
        var app = Open(server, "app");
        await ImageCopy.RunAsync(Layout("image"), "latest", app, "v1", Cancel);
        var manifest = await app.GetAsync("v1", Cancel);
        SigningKey.Create(_scratch["ours"], "password");
        SigningKey.Create(_scratch["theirs"], "password");

        using (var key = SigningKey.Load(_scratch["ours.key"], "password")) await ImageSigner.SignAsync(app, manifest, app.Place, key, Cancel);

        var layer = (await app.GetAsync($"sha256-{manifest.Digest.Hex}.sig", Cancel)).Blobs[1];
        Assert.Equal("application/vnd.dev.cosign.simplesigning.v1+json", layer.MediaType);
        await File.WriteAllBytesAsync(_scratch["payload"], await app.ReadBytesAsync(layer, Cancel), Cancel);
        await File.WriteAllBytesAsync(_scratch["signature"], Convert.FromBase64String(layer.Annotations!["dev.cosignproject.cosign/signature"]), Cancel);
        await Tool.RunAsync("openssl", "dgst", "-sha256", "-verify", _scratch["ours.pub"], "-signature", _scratch["signature"], _scratch["payload"]);
        await Tool.RunAsync("openssl", "pkey", "-in", _scratch["ours.key"], "-passin", "pass:password", "-noout");
        using var payload = JsonDocument.Parse(await File.ReadAllBytesAsync(_scratch["payload"], Cancel));
        Assert.Equal(manifest.Digest.ToString(), payload.RootElement.GetProperty("critical").GetProperty("image").GetProperty("docker-manifest-digest").GetString());

        using var ours = VerificationKey.Load(_scratch["ours.pub"]);
        using var theirs = VerificationKey.Load(_scratch["theirs.pub"]);
        Assert.Equal([app.Place], await ImageSigner.VerifyAsync(app, manifest, ours, Cancel));
        Assert.Empty(await ImageSigner.VerifyAsync(app, manifest, theirs, Cancel));
    }

    [Fact]
    public async Task Attestations_and_documents_are_attached_and_travel_with_the_image()
    {
        await using var server = await RemoteServer.RegistryAsync(_server);
        await _images.WriteAsync("image", LayerStrategy.Single);
        SigningKey.Create(_scratch["ours"], "password");
        var (layout, type) = (Layout("image"), "https://spdx.dev/Document");
        var manifest = await layout.GetAsync("latest", Cancel);
        using (var key = SigningKey.Load(_scratch["ours.key"], "password"))
        {
            await ImageSigner.SignAsync(layout, manifest, "registry.example/app", key, Cancel);
            await ImageSigner.AttestAsync(layout, manifest, "registry.example/app", type, """{"spdxVersion":"SPDX-2.3"}"""u8.ToArray(), key, Cancel);
        }
        await Referrers.AttachAsync(layout, manifest, "application/spdx+json", "{}"u8.ToArray(), "sbom.json", Cancel);
        await Referrers.AttachAsync(layout, manifest, "application/spdx+json", "{}"u8.ToArray(), "sbom.json", Cancel);

        await ImageCopy.RunAsync(layout, "latest", Open(server, "app"), "v1", Cancel);

        var app = Open(server, "app");
        using var ours = VerificationKey.Load(_scratch["ours.pub"]);
        Assert.Equal(["registry.example/app"], await ImageSigner.VerifyAsync(app, manifest, ours, Cancel));
        Assert.Equal([type], (await ImageSigner.VerifyAttestationsAsync(app, manifest, ours, Cancel)).Select(a => a.Type));
        Assert.Equal(["application/spdx+json", "application/vnd.dsse.envelope.v1+json"], (await Referrers.ListAsync(app, manifest, Cancel)).Select(r => r.ArtifactType).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Private_keys_are_encrypted_and_only_ours_to_read()
    {
        SigningKey.Create(_scratch["ours"], "password");

        Assert.StartsWith("-----BEGIN ENCRYPTED PRIVATE KEY-----", File.ReadAllText(_scratch["ours.key"]), StringComparison.Ordinal);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_scratch["ours.key"]));
        Assert.Equal("STR6203", Assert.Throws<ImageException>(() => SigningKey.Load(_scratch["ours.key"], "wrong")).Diagnostic.Rule.Code);
        Assert.Throws<ImageException>(() => SigningKey.Create(_scratch["ours"], "password"));
        Assert.Throws<ImageException>(() => VerificationKey.Load(_scratch["ours.key"]));
    }

    [Theory]
    [InlineData("registry.example/team/app:1.2", "registry.example", "team/app", "1.2")]
    [InlineData("localhost/app", "localhost", "app", "latest")]
    [InlineData("127.0.0.1:5000/a/b/c", "127.0.0.1:5000", "a/b/c", "latest")]
    [InlineData("[::1]:5000/a", "[::1]:5000", "a", "latest")]
    public void Image_names_are_understood(string text, string host, string repository, string name)
    {
        Assert.True(ImageReference.TryParse(text, out var reference));
        Assert.Equal((host, repository, name), (reference.Host, reference.Repository, reference.Name));
    }

    [Theory]
    [InlineData("team/app:1.2")]
    [InlineData("./app")]
    [InlineData("registry.example/Team")]
    [InlineData("registry.example/../x")]
    [InlineData("registry.example/app:a b")]
    [InlineData("registry.example/app@sha256:12")]
    public void What_is_no_image_name_is_refused(string text) => Assert.False(ImageReference.TryParse(text, out _));

    private RegistryImages Open(RemoteServer server, string repository, params (string Name, string Value)[] environment)
    {
        Assert.True(ImageReference.TryParse($"127.0.0.1:{server.Port}/{repository}", out var reference));
        return new(_client, reference, environment.ToImmutableSortedDictionary(v => v.Name, v => v.Value, StringComparer.Ordinal));
    }

    private string[] Blobs(string layout) => [.. Directory.EnumerateFiles(_scratch[$"{layout}/blobs/sha256"]).Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal)];

    private LayoutImages Layout(string name) => new(_scratch[name]);
}
