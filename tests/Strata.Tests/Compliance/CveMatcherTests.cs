using System.Collections.Immutable;
using Strata.Compliance;
using Strata.Core;
using Strata.Tests.Packaging;

namespace Strata.Tests.Compliance;

/// <summary>What databases say, and what of it is true of an image.</summary>
public sealed class CveMatcherTests : IDisposable
{
    private const string Commit = "1234567890123456789012345678901234567890";

    private readonly Scratch _scratch = new();
    private readonly Diagnostics _diagnostics = new();

    public void Dispose() => _scratch.Dispose();

    private static StatedImage Image(string name = "zlib", string version = "1.2.11", string? cpe = null, string? purl = null, params StatedSource[] sources) => new(
        "image", [new("lib" + name, version, "Zlib", name, [], ImmutableSortedDictionary<string, string>.Empty) { Names = new([$"pkg:generic/lib{name}@{version}-r0"], []) }],
        [new(name, version, [.. sources]) { Names = new([purl ?? $"pkg:generic/{name}@{version}"], [cpe ?? $"cpe:2.3:a:*:{name}:{version}:*:*:*:*:*:*:*"]) }],
        ImmutableSortedDictionary<string, string>.Empty);

    private ImmutableArray<CveFinding> Check(string database, StatedImage? image = null, params VexStatement[] statements)
    {
        var advisories = AdvisoryReader.Read(_scratch.Write("db/advisory.json", database), _diagnostics) ?? [];
        return new CveMatcher(image ?? Image(), statements, key => advisories.Where(a => a.Keys.Contains(key))).Run();
    }

    private static string Osv(string affected, string more = "") => $$"""{"id": "GHSA-x", "aliases": ["CVE-2024-1000"], "summary": "bad", {{more}} "affected": [{{affected}}] }""";

    private static string OsvRange(string ecosystem, string name, string type, string events) =>
        Osv($$"""{"package": {"ecosystem": "{{ecosystem}}", "name": "{{name}}"}, "ranges": [{"type": "{{type}}", "events": [{{events}}] }] }""");

    private static string Nvd(string match) => $$"""
        {"format": "NVD_CVE", "version": "2.0", "vulnerabilities": [{"cve": {
          "id": "CVE-2024-1000", "vulnStatus": "Analyzed", "descriptions": [{"lang": "en", "value": "bad"}],
          "metrics": {"cvssMetricV31": [{"cvssData": {"baseScore": 9.8} }] },
          "configurations": [{"nodes": [{"operator": "OR", "cpeMatch": [{{match}}] }] }] } }] }
        """;

    private static string Record(string affected) => $$"""
        {"dataType": "CVE_RECORD", "cveMetadata": {"cveId": "CVE-2024-1000", "state": "PUBLISHED"}, "containers": {"cna": {
          "descriptions": [{"lang": "en", "value": "bad"}], "metrics": [{"cvssV3_1": {"baseScore": 5.0} }], "affected": [{{affected}}] } } }
        """;

    [Theory]
    [InlineData("\"introduced\": \"0\"}, {\"fixed\": \"1.2.12\"", "1.2.12")]
    [InlineData("\"introduced\": \"0\"}, {\"last_affected\": \"1.2.11\"", null)]
    [InlineData("\"fixed\": \"1.2.12\"}, {\"introduced\": \"1.2.0\"", "1.2.12")]
    [InlineData("\"introduced\": \"0\"}, {\"fixed\": \"1.0\"}, {\"introduced\": \"1.2\"}, {\"fixed\": \"1.3\"", "1.3")]
    public void A_version_in_a_range_of_osv_is_affected(string events, string? fixedIn)
    {
        var finding = Assert.Single(Check(OsvRange("OSS-Fuzz", "zlib", "ECOSYSTEM", $"{{{events}}}")));

        Assert.Equal(("CVE-2024-1000", CveState.Affected, fixedIn), (finding.Advisory.Name, finding.State, finding.FixedIn));
        Assert.Equal(["libzlib"], finding.Component.Packages);
    }

    [Theory]
    [InlineData("\"introduced\": \"0\"}, {\"fixed\": \"1.2.11\"")]
    [InlineData("\"introduced\": \"1.2.12\"")]
    [InlineData("\"introduced\": \"0\"}, {\"last_affected\": \"1.2.10\"")]
    [InlineData("\"introduced\": \"0\"}, {\"fixed\": \"1.0\"}, {\"introduced\": \"1.3\"")]
    public void A_version_outside_of_the_ranges_is_not(string events) => Assert.Empty(Check(OsvRange("OSS-Fuzz", "zlib", "ECOSYSTEM", $"{{{events}}}")));

    [Fact]
    public void Another_ecosystem_means_another_product()
    {
        const string All = "{\"introduced\": \"0\"}";

        Assert.Empty(Check(OsvRange("npm", "zlib", "SEMVER", All)));
        Assert.Empty(Check(OsvRange("Debian:12", "zlib", "ECOSYSTEM", All)));
        Assert.Single(Check(OsvRange("npm", "zlib", "SEMVER", All), Image(purl: "pkg:npm/zlib@1.0.5", cpe: "")));
        Assert.Single(Check(OsvRange("PyPI", "Zope.Interface", "ECOSYSTEM", "{\"introduced\": \"0\"}, {\"fixed\": \"5.0\"}"), Image("x", "5.0rc1", "", "pkg:pypi/zope_interface@5.0rc1")));
    }

    [Fact]
    public void Modules_that_a_recipe_fetched_are_looked_up_by_themselves()
    {
        var image = Image(sources: [new("smallvec-1.6.0.crate", new('a', 64)) { Address = "https://static.crates.io/crates/smallvec/smallvec-1.6.0.crate" }]);

        var finding = Assert.Single(Check(OsvRange("crates.io", "smallvec", "SEMVER", "{\"introduced\": \"1.0.0\"}, {\"fixed\": \"1.6.1\"}"), image));

        Assert.Equal(("smallvec", "1.6.0", "libzlib"), (finding.Component.Name, finding.Component.Version, finding.Component.Packages[0]));
    }

    [Theory]
    [InlineData("\"versionStartIncluding\": \"1.2.0\", \"versionEndExcluding\": \"1.2.12\"", true)]
    [InlineData("\"versionEndIncluding\": \"1.2.11\"", true)]
    [InlineData("\"versionStartExcluding\": \"1.2.11\"", false)]
    [InlineData("\"versionEndExcluding\": \"1.2.11\"", false)]
    public void Bounds_of_nvd_count(string bounds, bool isAffected)
    {
        var findings = Check(Nvd($$"""{"vulnerable": true, "criteria": "cpe:2.3:a:zlib:zlib:*:*:*:*:*:*:*:*", {{bounds}} }"""));

        Assert.Equal(isAffected ? [AdvisorySeverity.Critical] : [], findings.Select(f => f.Advisory.Severity));
    }

    [Fact]
    public void A_vendor_and_a_single_version_of_nvd_count()
    {
        const string Match = """{"vulnerable": true, "criteria": "cpe:2.3:a:zlib:zlib:1.2.11:*:*:*:*:*:*:*"}""";

        Assert.Single(Check(Nvd(Match), Image(cpe: "cpe:2.3:a:zlib:zlib:1.2.11:*:*:*:*:*:*:*")));
        Assert.Empty(Check(Nvd(Match), Image(version: "1.2.12")));
        Assert.Empty(Check(Nvd(Match), Image(purl: "pkg:generic/other@1", cpe: "cpe:2.3:a:else:zlib:1.2.11:*:*:*:*:*:*:*")));
        Assert.Empty(Check(Nvd(Match.Replace("true", "false", StringComparison.Ordinal))));
    }

    [Theory]
    [InlineData("""{"vendor": "madler", "product": "zlib", "versions": [{"version": "0", "lessThan": "1.2.12", "status": "affected", "versionType": "custom"}]}""", true)]
    [InlineData("""{"vendor": "n/a", "product": "zlib", "versions": [{"version": ">= 1.2, < 1.2.12", "status": "affected"}]}""", true)]
    [InlineData("""{"vendor": "madler", "product": "zlib", "defaultStatus": "affected", "versions": [{"version": "1.2.11", "lessThanOrEqual": "1.2.*", "status": "unaffected"}]}""", false)]
    [InlineData("""{"vendor": "madler", "product": "zlib", "defaultStatus": "affected", "versions": [{"version": "1.2.12", "lessThanOrEqual": "*", "status": "unaffected"}]}""", true)]
    [InlineData("""{"vendor": "madler", "product": "zlib", "versions": [{"version": "n/a", "status": "affected"}]}""", false)]
    public void Cve_records_say_it_in_their_own_ways(string affected, bool isAffected) => Assert.Equal(isAffected, !Check(Record(affected)).IsEmpty);

    [Fact]
    public void Commits_decide_where_the_very_one_is_named_and_else_nobody_can_tell()
    {
        var image = Image("tool", "2.0", sources: [new("tool.git", Commit) { Address = "https://example.org/tool.git" }]);

        Assert.Equal(CveState.Undetermined, Assert.Single(Check(Range($$"""{"introduced": "0"}, {"fixed": "{{new string('f', 40)}}" }"""), image)).State);
        Assert.Equal(CveState.Affected, Assert.Single(Check(Range($$"""{"introduced": "0"}, {"last_affected": "{{Commit}}" }"""), image)).State);
        Assert.Empty(Check(Range($$"""{"introduced": "0"}, {"fixed": "{{Commit}}" }"""), image));
        Assert.Equal(CveState.Affected, Assert.Single(Check(Range("""{"introduced": "0"}""", "\"versions\": [\"v2.0\"],"), image)).State);
        Assert.Empty(Check(Range("""{"introduced": "0"}""", "\"versions\": [\"v1.9\"],"), image));

        static string Range(string events, string more = "") =>
            Osv($$"""{ {{more}} "ranges": [{"type": "GIT", "repo": "https://example.org/tool", "events": [{{events}}] }] }""");
    }

    [Fact]
    public void Patches_and_what_the_supplier_says_count_more_than_the_database()
    {
        var database = Nvd("""{"vulnerable": true, "criteria": "cpe:2.3:a:zlib:zlib:*:*:*:*:*:*:*:*"}""");
        var byName = Assert.Single(Check(database, Image(sources: [new("cve-2024-1000.patch", "p") { IsPatch = true }])));
        var byHeader = Assert.Single(Check(database, Image(sources: [new("fix.patch", "p") { IsPatch = true, Fixes = "CVE-2023-1 CVE-2024-1000" }])));
        var other = Assert.Single(Check(database, Image(sources: [new("CVE-2024-10001.patch", "p") { IsPatch = true }])));
        var stated = Assert.Single(Check(database, null, new VexStatement("CVE-2024-1000", ["pkg:generic/libzlib@1.2.11-r0"], VexStatus.NotAffected, "not built")));
        var elsewhere = Assert.Single(Check(database, null, new VexStatement("CVE-2024-1000", ["pkg:generic/else@1"], VexStatus.NotAffected, "not built")));

        Assert.Equal((CveState.Fixed, "patch cve-2024-1000.patch"), (byName.State, byName.Reason));
        Assert.Equal(CveState.Fixed, byHeader.State);
        Assert.Equal(CveState.Affected, other.State);
        Assert.Equal((CveState.NotAffected, "not built"), (stated.State, stated.Reason));
        Assert.Equal(CveState.Affected, elsewhere.State);
    }

    [Fact]
    public void What_was_withdrawn_or_rejected_is_nothing()
    {
        Assert.Empty(Check(Osv("""{"package": {"ecosystem": "OSS-Fuzz", "name": "zlib"}, "versions": ["1.2.11"]}""", "\"withdrawn\": \"2024-01-01T00:00:00Z\",")));
        Assert.Empty(Check(Nvd("""{"vulnerable": true, "criteria": "cpe:2.3:a:zlib:zlib:*:*:*:*:*:*:*:*"}""").Replace("Analyzed", "Rejected", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("[7]")]
    [InlineData("\"text\"")]
    [InlineData("{\"id\": 7, \"affected\": []}")]
    [InlineData("{\"id\": \"x\", \"affected\": {}}")]
    [InlineData("{\"id\": \"x\", \"affected\": [{\"ranges\": [{\"type\": \"GUESS\"}]}]}")]
    [InlineData("{\"vulnerabilities\": [{\"cve\": {\"id\": \"x\", \"configurations\": [{\"nodes\": [{\"cpeMatch\": [{\"criteria\": \"zlib\"}]}]}]}}]}")]
    [InlineData("{\"vulnerabilities\": [{\"cve\": {\"id\": \"x\", \"metrics\": {\"cvssMetricV31\": [{\"cvssData\": {\"baseScore\": \"high\"}}]}}}]}")]
    [InlineData("{\"cveMetadata\": [], \"containers\": 1}")]
    [InlineData("{\"id\": ")]
    public void A_database_of_wrong_types_gets_a_message_with_its_place(string content)
    {
        Assert.Empty(Check(content));

        var problem = Assert.Single(_diagnostics.Sorted());
        Assert.Equal(("STR7060", _scratch["db/advisory.json"]), (problem.Rule.Code, problem.Place.File));
    }

    [Fact]
    public void A_database_nested_ten_thousand_deep_or_of_a_gigabyte_is_refused()
    {
        Assert.Empty(Check(new string('[', 10_000) + new string(']', 10_000)));
        using (var file = File.Create(_scratch["db/huge.json"])) file.SetLength(1L << 30);
        Assert.Null(AdvisoryReader.Read(_scratch["db/huge.json"], _diagnostics));

        Assert.Equal(["STR7060", "STR7060"], _diagnostics.Sorted().Select(d => d.Rule.Code));
    }

    [Theory]
    [InlineData("CVE-2024-1234.patch", "", "CVE-2024-1234")]
    [InlineData("fix.patch", "Upstream-Status: Backport\nCVE: CVE-2024-2 CVE-2024-12345 CVE-2024-0001\n", "CVE-2024-0001 CVE-2024-12345")]
    [InlineData("fix.patch", "+++ b/x\nCVE: CVE-2024-1234\n", "")]
    [InlineData("0001-cve-2024-1234-part.patch", "CVE: CVE-2024-1234\n", "CVE-2024-1234")]
    public void A_patch_names_what_it_mends(string name, string text, string expected) => Assert.Equal(expected, PatchFixes.Of(name, text.Split('\n')));
}
