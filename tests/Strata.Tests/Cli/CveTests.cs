using System.Text.Json.Nodes;
using Strata.Cli;

namespace Strata.Tests.Cli;

/// <summary><c>strata cve check</c> on an SBOM as its user has it.</summary>
public sealed class CveTests : IDisposable
{
    private readonly CliWorkspace _workspace = new();

    public CveTests()
    {
        _workspace.Write("sbom.cdx.json", """
            {"bomFormat": "CycloneDX", "specVersion": "1.6", "metadata": {"component": {"type": "operating-system", "name": "image", "bom-ref": "i"}}, "components": [
              {"type": "library", "bom-ref": "z", "name": "libz1", "version": "1.2.11-r0", "cpe": "cpe:2.3:a:*:zlib:1.2.11:*:*:*:*:*:*:*", "purl": "pkg:generic/libz1@1.2.11-r0",
               "properties": [{"name": "strata:recipe", "value": "zlib"}]}]}
            """);
        Advise("db/a/CVE-2022-37434.json", "CVE-2022-37434", "1.2.13");
        Advise("db/b/CVE-2018-25032.json", "CVE-2018-25032", "1.2.10");
    }

    public void Dispose() => _workspace.Dispose();

    private void Advise(string file, string cve, string fixedIn) => _workspace.Write(file, $$"""
        {"id": "{{cve}}", "summary": "overflow", "severity": [{"type": "CVSS_V3", "score": "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"}],
         "affected": [{"package": {"ecosystem": "OSS-Fuzz", "name": "zlib"}, "ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "0"}, {"fixed": "{{fixedIn}}"}]}]}]}
        """);

    private async Task<JsonNode> Checked(string more = "") => JsonNode.Parse((await _workspace.Strata($"cve check sbom.cdx.json --db db --json {more}")).Output)!;

    [Fact]
    public async Task An_affected_version_is_printed_and_fails_where_it_shall()
    {
        (await _workspace.Strata("cve check sbom.cdx.json --db db")).Succeeds().Prints("CVE-2022-37434 critical 9.8 zlib 1.2.11: affected, fixed in 1.2.13", "in libz1", "1 components, 1 open");
        (await _workspace.Strata("cve check sbom.cdx.json --db db --fail-on high")).EndsWith(ExitCode.BuildFailed);
        Advise("db/a/CVE-2022-37434.json", "CVE-2022-37434", "1.2.9");
        (await _workspace.Strata("cve check sbom.cdx.json --db db --fail-on low")).Succeeds().Prints("0 open");
    }

    [Fact]
    public async Task Files_are_read_once_until_they_change()
    {
        Assert.Equal((2, 2), Counts(await Checked()));
        Assert.Equal((2, 0), Counts(await Checked()));
        Advise("db/c.json", "CVE-2024-9999", "9");
        Assert.Equal((3, 1), Counts(await Checked()));
        File.Delete(Path.Combine(_workspace.Top, "db/a/CVE-2022-37434.json"));
        var last = await Checked();
        Assert.Equal((2, 0), Counts(last));
        Assert.Equal(["CVE-2024-9999"], last["findings"]!.AsArray().Select(f => (string)f!["id"]!));

        static (int, int) Counts(JsonNode report) => ((int)report["files"]!, (int)report["filesRead"]!);
    }

    [Fact]
    public async Task What_the_supplier_states_beside_the_sbom_counts()
    {
        _workspace.Write("sbom.openvex.json", """
            {"@context": "https://openvex.dev/ns/v0.2.0", "statements": [
              {"vulnerability": {"name": "CVE-2022-37434"}, "products": [{"@id": "pkg:generic/libz1@1.2.11-r0"}], "status": "not_affected", "impact_statement": "inflate is unused"}]}
            """);

        (await _workspace.Strata("cve check sbom.cdx.json --db db --fail-on low")).Succeeds().Prints("not affected (inflate is unused)");
        var result = JsonNode.Parse((await _workspace.Strata("cve check sbom.cdx.json --db db --sarif")).Output)!["runs"]![0]!["results"]![0]!;
        Assert.Equal(("CVE-2022-37434", "note", "inflate is unused"), ((string)result["ruleId"]!, (string)result["level"]!, (string)result["suppressions"]![0]!["justification"]!));
    }

    [Fact]
    public async Task A_file_that_cannot_be_read_fails_the_check_and_the_rest_still_counts()
    {
        _workspace.Write("db/broken.json", "{\"id\": 7, \"affected\": []}");

        (await _workspace.Strata("cve check sbom.cdx.json --db db")).EndsWith(ExitCode.BuildFailed).Prints("CVE-2022-37434").Complains("STR7060", "broken.json");
        (await _workspace.Strata("cve check sbom.cdx.json --db nowhere")).EndsWith(ExitCode.BuildFailed).Complains("STR7061");
        (await _workspace.Strata("cve check gone.json --db db")).EndsWith(ExitCode.BuildFailed).Complains("STR7044");
        (await _workspace.Strata("cve check sbom.cdx.json --db db --fail-on dreadful")).EndsWith(ExitCode.Usage).Complains("STR7063");
    }
}
