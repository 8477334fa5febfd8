using System.Globalization;
using System.Text;
using Strata.Cli;
using Strata.Compliance;
using Strata.Core;
using Strata.Tests.Cli;
using Strata.Tests.Packaging;

namespace Strata.Tests.Compliance;

/// <summary>SBOMs from elsewhere whose references go in circles, lead nowhere or lead to two things at once.</summary>
public sealed class HostileStatementTests : IDisposable
{
    private const string Circle2 = """
        {"spdxVersion": "SPDX-2.3", "name": "image", "packages": [
           {"SPDXID": "SPDXRef-a", "name": "a", "versionInfo": "1"}, {"SPDXID": "SPDXRef-b", "name": "b", "versionInfo": "1"},
           {"SPDXID": "SPDXRef-a", "name": "twin", "versionInfo": "2"}],
         "files": [{"SPDXID": "SPDXRef-f", "fileName": "./f"}],
         "relationships": [
           {"spdxElementId": "SPDXRef-DOCUMENT", "relationshipType": "DESCRIBES", "relatedSpdxElement": "SPDXRef-DOCUMENT"},
           {"spdxElementId": "SPDXRef-a", "relationshipType": "DEPENDS_ON", "relatedSpdxElement": "SPDXRef-b"},
           {"spdxElementId": "SPDXRef-b", "relationshipType": "DEPENDS_ON", "relatedSpdxElement": "SPDXRef-a"},
           {"spdxElementId": "SPDXRef-a", "relationshipType": "GENERATED_FROM", "relatedSpdxElement": "SPDXRef-a"},
           {"spdxElementId": "SPDXRef-a", "relationshipType": "CONTAINS", "relatedSpdxElement": "SPDXRef-a"},
           {"spdxElementId": "SPDXRef-b", "relationshipType": "CONTAINS", "relatedSpdxElement": "SPDXRef-f"},
           {"spdxElementId": "SPDXRef-b", "relationshipType": "CONTAINS", "relatedSpdxElement": "SPDXRef-gone"},
           {"spdxElementId": "SPDXRef-a", "relationshipType": "PATCH_FOR", "relatedSpdxElement": "SPDXRef-a"}]}
        """;

    private const string Circle3 = """
        {"@context": "x", "@graph": [
           {"type": "software_Sbom", "spdxId": "s", "rootElement": ["s"]},
           {"type": "software_Package", "spdxId": "a", "name": "a"}, {"type": "software_Package", "spdxId": "b", "name": "b"}, {"type": "software_Package", "spdxId": "a", "name": "twin"},
           {"type": "software_File", "spdxId": "f", "name": "f"},
           {"type": "Relationship", "spdxId": "r1", "from": "a", "relationshipType": "dependsOn", "to": ["b", "a"]},
           {"type": "Relationship", "spdxId": "r2", "from": "b", "relationshipType": "dependsOn", "to": ["a"]},
           {"type": "Relationship", "spdxId": "r3", "from": "a", "relationshipType": "generates", "to": ["a"]},
           {"type": "Relationship", "spdxId": "r4", "from": "b", "relationshipType": "contains", "to": ["b", "f", "gone"]},
           {"type": "Relationship", "spdxId": "r5", "from": "a", "relationshipType": "hasDeclaredLicense", "to": ["a"]}]}
        """;

    private const string CircleX = """
        {"bomFormat": "CycloneDX", "metadata": {"component": {"type": "firmware", "name": "image", "bom-ref": "a"}}, "components": [
           {"type": "library", "bom-ref": "a", "name": "a"}, {"type": "library", "bom-ref": "b", "name": "b", "components": [{"type": "file", "name": "f", "bom-ref": "b"}]}, {"type": "library", "bom-ref": "a", "name": "twin"}],
         "dependencies": [{"ref": "a", "dependsOn": ["a", "b"]}, {"ref": "b", "dependsOn": ["a", "gone"]}, {"ref": "a", "dependsOn": ["b"]}]}
        """;

    private readonly Scratch _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Theory]
    [InlineData(Circle2)]
    [InlineData(Circle3)]
    [InlineData(CircleX)]
    public void Circles_and_twins_end_and_what_leads_nowhere_is_named(string content)
    {
        var diagnostics = new Diagnostics();

        var image = StatementReader.Read("x", Encoding.UTF8.GetBytes(content), diagnostics);

        Assert.NotNull(image);
        Assert.Equal("f", image.Packages.SelectMany(p => p.Files.Keys).Concat(image.Generated.Keys).Distinct().Select(f => f.TrimStart('/')).Single());
        Assert.Contains(diagnostics.Sorted(), d => d.Rule.Code == "STR7045" && d.Message.Contains("gone", StringComparison.Ordinal));
        Assert.Equal("no difference\n", StatementComparison.Of(image, image).Text());
        _ = SbomComponent.Of(image);
    }

    [Theory]
    [InlineData(Circle2)]
    [InlineData(Circle3)]
    [InlineData(CircleX)]
    public async Task Commands_end_with_a_code_and_no_bug_report(string content)
    {
        using var workspace = new CliWorkspace();
        workspace.Write("image.json", content);
        workspace.Write("db/x.json", """{"id": "CVE-2024-1", "affected": [{"package": {"ecosystem": "OSS-Fuzz", "name": "a"}, "versions": ["1"]}]}""");

        foreach (var command in (string[])["cve check image.json --db db", "license diff image.json image.json"])
            Assert.NotEqual(ExitCode.InternalError, (await workspace.Strata(command)).Code);
    }

    /// <summary>A vulnerable library inside of an application is there, however deep.</summary>
    [Fact]
    public void Components_inside_of_components_count()
    {
        const string nested = """
            {"bomFormat": "CycloneDX", "components": [{"type": "application", "name": "app", "version": "1", "components": [
              {"type": "library", "name": "outer", "version": "2", "components": [{"type": "library", "name": "inner", "version": "3", "purl": "pkg:npm/inner@3"}, {"type": "file", "name": "outer.js"}]}]}]}
            """;

        var image = StatementReader.Read("x", Encoding.UTF8.GetBytes(nested), new())!;

        Assert.Equal(["app 1", "inner 3", "outer 2"], image.Packages.Select(p => $"{p.Name} {p.Version}"));
        Assert.Equal(["/outer.js"], image.Packages[2].Files.Keys);
        Assert.Contains(SbomComponent.Of(image), c => c.Name == "inner");
    }

    [Fact]
    public void A_statement_without_end_is_refused_unread()
    {
        var path = _scratch["huge.json"];
        using (var file = File.Create(path)) file.SetLength(1L << 30);
        var diagnostics = new Diagnostics();

        Assert.Null(StatementReader.Read(path, diagnostics));
        Assert.Equal("STR7044", Assert.Single(diagnostics.Sorted()).Rule.Code);
    }

    /// <summary>Every package needs every other: what is worked out must grow with what is written.</summary>
    [Fact]
    public void A_thousand_packages_that_all_need_each_other_are_read()
    {
        const int Count = 1000;
        var text = new StringBuilder("{\"bomFormat\": \"CycloneDX\", \"components\": [");
        text.AppendJoin(',', Enumerable.Range(0, Count).Select(i => string.Create(CultureInfo.InvariantCulture, $"{{\"type\":\"library\",\"bom-ref\":\"{i}\",\"name\":\"p{i}\"}}")));
        var all = string.Join(',', Enumerable.Range(0, Count).Select(i => $"\"{i}\""));
        text.Append("], \"dependencies\": [").AppendJoin(',', Enumerable.Range(0, Count).Select(i => $"{{\"ref\":\"{i}\",\"dependsOn\":[{all}]}}")).Append("]}");

        var image = StatementReader.Read("x", Encoding.UTF8.GetBytes(text.ToString()), new());

        Assert.Equal(Count * Count, image!.Packages.Sum(p => p.Depends.Length));
    }
}
