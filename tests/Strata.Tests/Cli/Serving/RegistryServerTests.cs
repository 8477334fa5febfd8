using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Strata.Cli.Serving;
using Strata.Core;
using Strata.Packaging;
using Strata.Tests.Packaging;

namespace Strata.Tests.Cli.Serving;

/// <summary>The reading half of the distribution specification: what its conformance suite asks about pulling and discovery, and what strangers may send.</summary>
public sealed class RegistryServerTests : IAsyncLifetime
{
    private const string Unknown = "sha256:3e25960a79dbc69b674cd4ec67a72c62d0e8b1a3b5e4b4d3d8e5f0b1c2d3e4f5";
    private const string ManifestType = "application/vnd.oci.image.manifest.v1+json";

    private readonly Scratch _scratch = new();
    private readonly HttpClient _client = new();
    private RegistryServer _server = null!;
    private ImageManifest _image = null!;
    private LayoutImages _layout = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private OciDescriptor Config => _image.Blobs[0];

    public async ValueTask InitializeAsync()
    {
        await new ImageFixture(_scratch).WriteAsync("image", LayerStrategy.Packages);
        _layout = new(_scratch["image"]);
        _image = await _layout.GetAsync("latest", Cancel);
        _server = await RegistryServer.StartAsync(new(IPAddress.Loopback, 0), new FixedImages("shell/curl", _layout), new EventStream(), Cancel);
        _client.BaseAddress = _server.Address;
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _client.Dispose();
        _scratch.Dispose();
    }

    [Theory]
    [InlineData("/v2/")]
    [InlineData("/v2")]
    public async Task It_says_which_interface_it_speaks(string path)
    {
        using var answer = await _client.GetAsync(path, Cancel);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("registry/2.0", answer.Headers.GetValues("Docker-Distribution-API-Version").Single());
    }

    [Theory]
    [InlineData("latest")]
    [InlineData("qemux86-64")]
    [InlineData("DIGEST")]
    public async Task A_manifest_has_its_type_digest_and_length_also_without_body(string reference)
    {
        var path = $"/v2/shell/curl/manifests/{reference.Replace("DIGEST", _image.Digest.ToString(), StringComparison.Ordinal)}";

        foreach (var method in new[] { HttpMethod.Get, HttpMethod.Head })
        {
            using var answer = await SendAsync(method, path, ManifestType);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.Equal(ManifestType, answer.Content.Headers.ContentType!.ToString());
            Assert.Equal(_image.Digest.ToString(), answer.Headers.GetValues("Docker-Content-Digest").Single());
            Assert.Equal(_image.Bytes.Length, answer.Content.Headers.ContentLength);
            Assert.Equal(method == HttpMethod.Get ? _image.Bytes : [], await answer.Content.ReadAsByteArrayAsync(Cancel));
        }
    }

    [Theory]
    [InlineData("*/*", 200)]
    [InlineData("application/*", 200)]
    [InlineData("application/vnd.docker.distribution.manifest.v2+json, application/vnd.oci.image.manifest.v1+json;q=0.5", 200)]
    [InlineData("application/vnd.docker.distribution.manifest.v2+json", 404)]
    [InlineData("application/vnd.oci.image.manifest.v1+json;q=0", 404)]
    public async Task A_client_gets_no_type_that_it_does_not_understand(string accept, int status)
    {
        using var answer = await SendAsync(HttpMethod.Get, "/v2/shell/curl/manifests/latest", accept);

        Assert.Equal(status, (int)answer.StatusCode);
    }

    [Fact]
    public async Task Every_blob_comes_back_byte_for_byte()
    {
        foreach (var blob in _image.Blobs)
        {
            using var answer = await _client.GetAsync(BlobPath(blob), Cancel);
            Assert.Equal(blob.Digest, answer.Headers.GetValues("Docker-Content-Digest").Single());
            Assert.Equal(blob.Size, answer.Content.Headers.ContentLength);
            Assert.Equal(blob.Digest, Digest.Of(await answer.Content.ReadAsByteArrayAsync(Cancel)).ToString());
        }
        using var head = await SendAsync(HttpMethod.Head, BlobPath(Config));
        Assert.Equal((HttpStatusCode.OK, Config.Size), (head.StatusCode, head.Content.Headers.ContentLength));
    }

    [Fact]
    public async Task A_pull_that_was_cut_off_goes_on_where_it_ended()
    {
        var whole = await _client.GetByteArrayAsync(BlobPath(Config), Cancel);
        using var rest = await SendAsync(HttpMethod.Get, BlobPath(Config), range: new(10, null));
        using var beyond = await SendAsync(HttpMethod.Get, BlobPath(Config), range: new(Config.Size, null));

        Assert.Equal(HttpStatusCode.PartialContent, rest.StatusCode);
        Assert.Equal($"bytes 10-{Config.Size - 1}/{Config.Size}", rest.Content.Headers.ContentRange!.ToString());
        Assert.Equal(whole[10..], await rest.Content.ReadAsByteArrayAsync(Cancel));
        Assert.Equal(HttpStatusCode.RequestedRangeNotSatisfiable, beyond.StatusCode);
    }

    [Theory]
    [InlineData("shell/curl/manifests/.INVALID_MANIFEST_NAME", 404, "MANIFEST_UNKNOWN")]
    [InlineData("shell/curl/manifests/" + Unknown, 404, "MANIFEST_UNKNOWN")]
    [InlineData("shell/curl/manifests/sha256:totallywrong", 400, "DIGEST_INVALID")]
    [InlineData("shell/curll/manifests/latest", 404, "MANIFEST_UNKNOWN")]
    [InlineData("shell/curl/blobs/" + Unknown, 404, "BLOB_UNKNOWN")]
    [InlineData("shell/curl/blobs/latest", 400, "DIGEST_INVALID")]
    [InlineData("shell/curl/blobs/sha256:..%2f..%2fetc%2fpasswd", 400, "DIGEST_INVALID")]
    [InlineData("shell/curll/tags/list", 404, "NAME_UNKNOWN")]
    [InlineData("shell/curl/tags/list?n=many", 400, "PAGINATION_NUMBER_INVALID")]
    [InlineData("shell/curl/referrers/latest", 400, "DIGEST_INVALID")]
    [InlineData("Shell/curl/manifests/latest", 400, "NAME_INVALID")]
    [InlineData("shell//curl/manifests/latest", 400, "NAME_INVALID")]
    [InlineData("shell/%2e%2e%2fcurl/manifests/latest", 400, "NAME_INVALID")]
    [InlineData("shell/${@evil}/manifests/latest", 400, "NAME_INVALID")]
    [InlineData("shell/curl%20redis/manifests/latest", 400, "NAME_INVALID")]
    [InlineData("shell/curl:1/manifests/latest", 400, "NAME_INVALID")]
    [InlineData("shell/curl", 404, "UNSUPPORTED")]
    public async Task A_request_that_cannot_be_answered_gets_the_code_of_the_specification(string path, int status, string code)
    {
        using var answer = await _client.GetAsync($"/v2/{path}", Cancel);
        using var head = await SendAsync(HttpMethod.Head, $"/v2/{path}");

        Assert.Equal((status, code), ((int)answer.StatusCode, await CodeOfAsync(answer)));
        Assert.Equal(status, (int)head.StatusCode);
    }

    [Fact]
    public async Task A_name_that_is_too_long_is_refused()
    {
        using var answer = await _client.GetAsync($"/v2/{new string('a', 201)}/manifests/latest", Cancel);

        Assert.Equal("NAME_INVALID", await CodeOfAsync(answer));
    }

    [Theory]
    [InlineData("POST", "shell/curl/blobs/uploads/", 405)]
    [InlineData("PUT", "shell/curl/manifests/latest", 405)]
    [InlineData("PUT", "shell/curl/manifests/sha256:totallywrong", 400)]
    [InlineData("DELETE", "shell/curl/manifests/latest", 405)]
    [InlineData("DELETE", "shell/curl/blobs/" + Unknown, 405)]
    public async Task Nothing_can_be_written(string method, string path, int status)
    {
        using var answer = await SendAsync(new(method), $"/v2/{path}");

        Assert.Equal(status, (int)answer.StatusCode);
        if (status == 405) Assert.Equal(["GET", "HEAD"], answer.Content.Headers.Allow);
    }

    [Theory]
    [InlineData("", "latest qemuarm64 qemux86-64", null)]
    [InlineData("?n=2", "latest qemuarm64", "</v2/shell/curl/tags/list?n=2&last=qemuarm64>; rel=\"next\"")]
    [InlineData("?n=2&last=qemuarm64", "qemux86-64", null)]
    [InlineData("?n=0", "", null)]
    [InlineData("?n=10", "latest qemuarm64 qemux86-64", null)]
    public async Task Tags_are_listed_in_pages(string query, string tags, string? link)
    {
        using var answer = await _client.GetAsync($"/v2/shell/curl/tags/list{query}", Cancel);
        var body = await answer.Content.ReadFromJsonAsync<JsonElement>(Cancel);

        Assert.Equal("shell/curl", body.GetProperty("name").GetString());
        Assert.Equal(tags, string.Join(' ', body.GetProperty("tags").EnumerateArray().Select(t => t.GetString())));
        Assert.Equal(link, answer.Headers.TryGetValues("Link", out var links) ? links.Single() : null);
    }

    [Fact]
    public async Task Documents_about_an_image_are_listed_and_pulled()
    {
        var sbom = await Referrers.AttachAsync(_layout, _image, "application/spdx+json", "{\"spdx\":1}"u8.ToArray(), "sbom", Cancel);
        await Referrers.AttachAsync(_layout, _image, "application/other", "{}"u8.ToArray(), "other", Cancel);

        Assert.Equal(2, (await ReferrersAsync(_image.Digest.ToString(), "")).Count);
        Assert.Equal(sbom.Digest.ToString(), Assert.Single(await ReferrersAsync(_image.Digest.ToString(), "?artifactType=application/spdx%2Bjson")));
        Assert.Empty(await ReferrersAsync(Unknown, ""));
        Assert.Equal(sbom.Bytes, await _client.GetByteArrayAsync($"/v2/shell/curl/manifests/{sbom.Digest}", Cancel));
    }

    [Fact]
    public async Task What_is_no_http_does_no_harm()
    {
        foreach (var bytes in new[] { "\0\0\0\r\n\r\n", "GET /v2/../../etc/passwd HTTP/1.1\r\nHost: x\r\n\r\n", $"GET /v2/{new string('a', 20_000)} HTTP/1.1\r\n\r\n" })
        {
            using var client = new TcpClient();
            await client.ConnectAsync(IPAddress.Loopback, _server.Address.Port, Cancel);
            var stream = client.GetStream();
            await stream.WriteAsync(Encoding.ASCII.GetBytes(bytes), Cancel);
            var answer = await new StreamReader(stream).ReadLineAsync(Cancel);
            Assert.StartsWith("HTTP/1.1 4", answer, StringComparison.Ordinal);
        }
        using var after = await _client.GetAsync("/v2/", Cancel);
        Assert.True(after.IsSuccessStatusCode);
    }

    [Fact]
    public async Task Skopeo_copies_the_image_with_all_its_layers()
    {
        var outcome = await ProcessRunner.RunAsync(new()
        {
            Command = ["skopeo", "--insecure-policy", "copy", "--src-tls-verify=false", $"docker://{_server.Address.Authority}/shell/curl:latest", $"oci:{_scratch["copy"]}:latest"],
        }, Cancel);

        Assert.True(outcome.Succeeded, outcome.Error);
        Assert.Equal(_image.Digest, (await new LayoutImages(_scratch["copy"]).GetAsync("latest", Cancel)).Digest);
    }

    [Fact]
    public async Task A_second_server_cannot_have_the_same_port() =>
        await Assert.ThrowsAsync<IOException>(() => RegistryServer.StartAsync(
            new(IPAddress.Loopback, _server.Address.Port), new FixedImages("a", _layout), new EventStream(), Cancel));

    private async Task<List<string>> ReferrersAsync(string digest, string query)
    {
        using var answer = await _client.GetAsync($"/v2/shell/curl/referrers/{digest}{query}", Cancel);
        Assert.Equal("application/vnd.oci.image.index.v1+json", answer.Content.Headers.ContentType!.ToString());
        Assert.Equal(query.Length > 0, answer.Headers.Contains("OCI-Filters-Applied"));
        var body = await answer.Content.ReadFromJsonAsync<JsonElement>(Cancel);
        return [.. body.GetProperty("manifests").EnumerateArray().Select(m => m.GetProperty("digest").GetString()!)];
    }

    private static string BlobPath(OciDescriptor blob) => $"/v2/shell/curl/blobs/{blob.Digest}";

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, string? accept = null, RangeHeaderValue? range = null)
    {
        using var request = new HttpRequestMessage(method, path);
        if (accept is not null) request.Headers.TryAddWithoutValidation("Accept", accept);
        request.Headers.Range = range;
        return await _client.SendAsync(request, Cancel);
    }

    private static async Task<string> CodeOfAsync(HttpResponseMessage answer) =>
        (await answer.Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty("errors")[0].GetProperty("code").GetString()!;
}
