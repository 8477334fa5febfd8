using System.Collections.Immutable;
using System.Text;
using System.Text.Json.Nodes;
using Strata.Compliance;
using Strata.Core;

namespace Strata.Tests.Compliance;

public sealed class VexTests
{
    private static readonly ImmutableArray<CveStatus> s_statuses =
    [
        CveStatus.Parse("tool", "CVE-2024-2", "not-applicable-platform: only on Windows"),
        CveStatus.Parse("tool", "CVE-2024-1", "backported-patch: fix: in fix.patch"),
        CveStatus.Parse("tool", "CVE-2024-3", "upstream-wontfix"),
        CveStatus.Parse("tool", "CVE-2024-4", "disputed: cpe:vendor:other: not ours"),
        CveStatus.Parse("elsewhere", "CVE-2024-5", "patched"),
    ];

    private static JsonNode Written(Action<BillOfMaterials, ImmutableArray<CveStatus>, Stream> write)
    {
        var bill = new BillOfMaterials
        {
            Name = "image", Version = "1", Identity = Digest.Of("x"), Generated = [], LicenseTexts = ImmutableSortedDictionary<string, string>.Empty,
            Origin = new() { Supplier = "Example Ltd", NamespacePrefix = "https://example.org/", Created = DateTimeOffset.UnixEpoch, ToolVersion = "1" },
            Packages =
            [
                new()
                {
                    Package = new() { Name = "libtool", Version = "1", Revision = "r0", Recipe = "tool", Architecture = "x", License = "MIT" },
                    DeclaredLicense = "MIT", ConcludedLicense = "MIT", Copyright = "", Purl = "pkg:generic/libtool@1",
                },
            ],
            Recipes = [new() { Recipe = new() { Recipe = "tool", Version = "1", License = "MIT", Cpes = ["cpe:2.3:a:*:tool:1:*:*:*:*:*:*:*"], Sources = [new("fix.patch", IsPatch: true, Fixes: "CVE-2024-1 CVE-2024-9")] }, DeclaredLicense = "MIT", ConcludedLicense = "MIT", Copyright = "", Purl = "" }],
        };
        using var stream = new MemoryStream();
        write(bill, VexWriter.Relevant(bill, s_statuses), stream);
        return JsonNode.Parse(Encoding.UTF8.GetString(stream.ToArray()))!;
    }

    [Fact]
    public void OpenVex_states_what_recipes_in_the_image_say_and_nothing_of_others()
    {
        var statements = Written(VexWriter.WriteOpenVex)["statements"]!.AsArray();

        Assert.Equal(["CVE-2024-1 fixed", "CVE-2024-2 not_affected", "CVE-2024-3 affected", "CVE-2024-9 fixed"], statements.Select(s => $"{s!["vulnerability"]!["name"]} {s["status"]}"));
        Assert.Equal("fix: in fix.patch", (string)statements[0]!["status_notes"]!);
        Assert.Equal("vulnerable_code_not_present", (string)statements[1]!["justification"]!);
        Assert.Equal("pkg:generic/libtool@1", (string)statements[1]!["products"]![0]!["@id"]!);
        Assert.Equal("upstream-wontfix", (string)statements[2]!["action_statement"]!);
    }

    [Fact]
    public void CycloneDx_refers_to_the_components_of_the_sbom()
    {
        var vulnerabilities = Written(VexWriter.WriteCycloneDx)["vulnerabilities"]!.AsArray();

        Assert.Equal(["resolved", "not_affected", "exploitable", "resolved"], vulnerabilities.Select(v => (string)v!["analysis"]!["state"]!));
        Assert.EndsWith("/1#SPDXRef-Package-libtool", (string)vulnerabilities[0]!["affects"]![0]!["ref"]!, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_written_can_be_read_again()
    {
        foreach (var write in (Action<BillOfMaterials, ImmutableArray<CveStatus>, Stream>[])[VexWriter.WriteOpenVex, VexWriter.WriteCycloneDx])
        {
            var statements = VexReader.Read("x", Encoding.UTF8.GetBytes(Written(write).ToJsonString()), new())!.Value;

            Assert.Equal([("CVE-2024-1", VexStatus.Fixed, "fix: in fix.patch"), ("CVE-2024-2", VexStatus.NotAffected, "only on Windows"), ("CVE-2024-3", VexStatus.Affected, "upstream-wontfix"), ("CVE-2024-9", VexStatus.Fixed, "fix.patch")],
                statements.Select(s => (s.Vulnerability, s.Status, s.Explanation)));
            Assert.All(statements, s => Assert.Contains(s.Products[0], (string[])["pkg:generic/libtool@1", "SPDXRef-Package-libtool"]));
        }
    }

    [Theory]
    [InlineData("fixed-version", VexStatus.Fixed)]
    [InlineData("cpe-incorrect", VexStatus.NotAffected)]
    [InlineData("vulnerable-investigating", VexStatus.UnderInvestigation)]
    [InlineData("unpatched", VexStatus.Affected)]
    [InlineData("no-such-word", VexStatus.Affected)]
    public void Words_of_Yocto_become_words_of_vex(string detail, VexStatus expected) => Assert.Equal(expected, CveStatus.Parse("r", "CVE-1", detail).Status);
}
