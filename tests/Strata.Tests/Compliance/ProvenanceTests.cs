using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Strata.Cli.Licenses;
using Strata.Compliance;
using Strata.Core;
using Strata.Tests.Packaging;

namespace Strata.Tests.Compliance;

public sealed class ProvenanceTests : IDisposable
{
    private readonly Scratch _scratch = new();

    public void Dispose() => _scratch.Dispose();

    private byte[] Written(int changed = 0)
    {
        Directory.CreateDirectory(_scratch["lic"]);
        new RecipeLicenses
        {
            Recipe = "tool", Version = "1", License = "MIT", Sources = [new("https://example.org/tool.git", Revision: new('b', 40)), new("fix.patch", Sha256: new('d', 64), IsPatch: true)],
        }.Write(_scratch["lic"]);
        using var stream = new MemoryStream();
        ProvenanceWriter.Write(new()
        {
            Subjects = [("OCI manifest", Digest.Of("image"))], Builder = "https://example.org/builder", ToolVersion = "1", Parameters = [("MACHINE", "board"), ("DISTRO", "d")],
            Layers = [new("core", "https://example.org/core", new('c', 40), changed), new("local", "", "", 0)], LicenseArtifacts = [_scratch["lic"]],
        }, stream);
        return stream.ToArray();
    }

    [Fact]
    public void It_is_an_in_toto_statement_with_slsa_provenance_and_the_same_each_time()
    {
        var statement = JsonNode.Parse(Written())!;

        Assert.Equal(("https://in-toto.io/Statement/v1", "https://slsa.dev/provenance/v1"), ((string)statement["_type"]!, (string)statement["predicateType"]!));
        Assert.Equal(Digest.Of("image").Hex, (string)statement["subject"]![0]!["digest"]!["sha256"]!);
        var definition = statement["predicate"]!["buildDefinition"]!;
        Assert.Equal("board", (string)definition["externalParameters"]!["MACHINE"]!);
        Assert.Equal(["core", "local", "tool/tool.git", "tool/fix.patch"], definition["resolvedDependencies"]!.AsArray().Select(d => (string)d!["name"]!));
        Assert.Equal($"git+https://example.org/tool.git@{new string('b', 40)}", (string)definition["resolvedDependencies"]![2]!["uri"]!);
        Assert.Equal(Written(), Written());
        Assert.NotEqual(Written(), Written(changed: 1));
    }

    [Fact]
    public void What_is_written_can_be_read_and_what_is_something_else_cannot()
    {
        var provenance = Read(JsonNode.Parse(Written(changed: 3))!["predicate"]!.ToJsonString());

        Assert.Equal(("https://example.org/builder", ProvenanceWriter.BuildType, 2, false), (provenance.Builder, provenance.BuildType, provenance.Sources, provenance.IsClean));
        Assert.Equal([new("core", "https://example.org/core", new('c', 40), 3), new("local", "", "", 0)], provenance.Layers);
        foreach (var other in (string[])["[]", "{}", "{\"buildDefinition\": [], \"runDetails\": {}}", "{\"buildDefinition\": {\"buildType\": 7}, \"runDetails\": {\"builder\": {\"id\": \"x\"}}}", "x"])
            Assert.ThrowsAny<JsonException>(() => Read(other));

        static Provenance Read(string predicate) => Provenance.Read(Encoding.UTF8.GetBytes(predicate));
    }

    [Fact]
    public void States_of_layers_travel_as_the_value_of_a_variable() =>
        Assert.Equal([new("core", "https://example.org/core", "abc", 2), new("local", "", "", 0)], LayerStates.Parse("core\thttps://example.org/core\tabc\t2\nlocal\t\t\t0\n"));
}
