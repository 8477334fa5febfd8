using System.Text;
using System.Text.Json.Nodes;
using Strata.Compliance;
using Strata.Core;
using Strata.Packaging;

namespace Strata.Tests.Packaging;

/// <summary>Provenance that somebody signed: read by another's tools, and forged in every way there is.</summary>
public sealed class AttestationTests : IAsyncLifetime
{
    private readonly Scratch _scratch = new();
    private LayoutImages _layout = null!;
    private ImageManifest _image = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await new ImageFixture(_scratch).WriteAsync("image", LayerStrategy.Single);
        _layout = new(_scratch["image"]);
        _image = await _layout.GetAsync("latest", Cancel);
        SigningKey.Create(_scratch["ours"], "password");
        SigningKey.Create(_scratch["theirs"], "password");
        await AttestAsync("ours");
    }

    public ValueTask DisposeAsync()
    {
        _scratch.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task AttestAsync(string name)
    {
        using var key = SigningKey.Load(_scratch[$"{name}.key"], "password");
        await ImageSigner.AttestAsync(_layout, _image, "example.org/app", ProvenanceWriter.PredicateType, Statement(_image.Digest), key, Cancel);
    }

    private static byte[] Statement(Digest subject)
    {
        using var stream = new MemoryStream();
        ProvenanceWriter.Write(new()
        {
            Subjects = [("OCI manifest", subject)], Builder = "https://example.org/builder", ToolVersion = "1", Parameters = [("MACHINE", "board")],
            Layers = [new("core", "https://example.org/core", new('c', 40), 0)], LicenseArtifacts = [],
        }, stream);
        return stream.ToArray();
    }

    private async Task<IEnumerable<string>> AttestedAsync(string name = "ours")
    {
        using var key = VerificationKey.Load(_scratch[$"{name}.pub"]);
        return (await ImageSigner.VerifyAttestationsAsync(_layout, _image, key, Cancel)).Select(a => a.Type);
    }

    private async Task<JsonNode> EnvelopeAsync() =>
        JsonNode.Parse(await _layout.ReadBytesAsync((await _layout.GetAsync($"sha256-{_image.Digest.Hex}.att", Cancel)).Manifest.Layers[0], Cancel))!;

    /// <summary>Puts another envelope where the signed one was, as somebody who may write to the registry can.</summary>
    private async Task ReplaceAsync(JsonNode envelope)
    {
        var tag = $"sha256-{_image.Digest.Hex}.att";
        var old = (await _layout.GetAsync(tag, Cancel)).Manifest;
        var layer = await _layout.WriteBytesAsync("application/vnd.dsse.envelope.v1+json", Encoding.UTF8.GetBytes(envelope.ToJsonString()), Cancel);
        await _layout.WriteManifestAsync(ImageManifest.Of(old with { Layers = [layer with { Annotations = old.Layers[0].Annotations }] }), tag, Cancel);
    }

    private async Task SignAsync(string type, byte[] payload)
    {
        using var key = SigningKey.Load(_scratch["ours.key"], "password");
        byte[] encoded = [.. Encoding.UTF8.GetBytes($"DSSEv1 {type.Length} {type} {payload.Length} "), .. payload];
        await ReplaceAsync(new JsonObject
        {
            ["payloadType"] = type, ["payload"] = Convert.ToBase64String(payload),
            ["signatures"] = new JsonArray(new JsonObject { ["keyid"] = "", ["sig"] = Convert.ToBase64String(key.Sign(encoded)) }),
        });
    }

    [Fact]
    public async Task The_envelope_is_what_openssl_verifies_with_the_specification_in_hand()
    {
        Tool.Require("openssl");
        var envelope = await EnvelopeAsync();
        var (type, payload) = ((string)envelope["payloadType"]!, Convert.FromBase64String((string)envelope["payload"]!));
        Assert.Equal("application/vnd.in-toto+json", type);

        // DSSE's pre-authentication encoding, written out: "DSSEv1" SP LEN(type) SP type SP LEN(payload) SP payload.
        await File.WriteAllBytesAsync(_scratch["signed"], [.. Encoding.ASCII.GetBytes($"DSSEv1 28 application/vnd.in-toto+json {payload.Length} "), .. payload], Cancel);
        await File.WriteAllBytesAsync(_scratch["signature"], Convert.FromBase64String((string)envelope["signatures"]![0]!["sig"]!), Cancel);

        await Tool.RunAsync("openssl", "dgst", "-sha256", "-verify", _scratch["ours.pub"], "-signature", _scratch["signature"], _scratch["signed"]);
        Assert.Equal(Statement(_image.Digest), payload);
    }

    [Fact]
    public async Task Only_the_key_that_signed_opens_it()
    {
        Assert.Equal([ProvenanceWriter.PredicateType], await AttestedAsync());
        Assert.Empty(await AttestedAsync("theirs"));
    }

    [Theory]
    [InlineData("payload")]
    [InlineData("payloadType")]
    [InlineData("signature")]
    [InlineData("unsigned")]
    [InlineData("base64")]
    public async Task A_forged_envelope_attests_nothing(string forged)
    {
        var envelope = await EnvelopeAsync();
        var text = Encoding.UTF8.GetString(Convert.FromBase64String((string)envelope["payload"]!));
        if (forged == "payload") envelope["payload"] = Convert.ToBase64String(Encoding.UTF8.GetBytes(text.Replace("https://example.org/builder", "https://example.org/nobody", StringComparison.Ordinal)));
        if (forged == "payloadType") envelope["payloadType"] = "application/json";
        if (forged == "signature") envelope["signatures"]![0]!["sig"] = Convert.ToBase64String(new byte[70]);
        if (forged == "unsigned") envelope["signatures"] = new JsonArray();
        if (forged == "base64") envelope["payload"] = "?" + (string)envelope["payload"]!;

        await ReplaceAsync(envelope);

        Assert.Empty(await AttestedAsync());
    }

    [Fact]
    public async Task A_statement_about_another_image_attests_nothing_though_the_key_signed_it()
    {
        await SignAsync("application/vnd.in-toto+json", Statement(Digest.Of("another image")));
        Assert.Empty(await AttestedAsync());

        await SignAsync("application/vnd.in-toto+json", Statement(_image.Digest));
        Assert.Equal([ProvenanceWriter.PredicateType], await AttestedAsync());
    }

    [Theory]
    [InlineData("application/json", "https://in-toto.io/Statement/v1")]
    [InlineData("application/vnd.in-toto+json", "https://example.org/NoStatement")]
    public async Task What_the_key_signed_as_something_else_is_no_statement(string type, string statement)
    {
        await SignAsync(type, Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(Statement(_image.Digest)).Replace("https://in-toto.io/Statement/v1", statement, StringComparison.Ordinal)));

        Assert.Empty(await AttestedAsync());
    }
}
