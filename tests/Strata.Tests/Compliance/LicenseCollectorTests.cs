using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using Strata.Compliance;
using Strata.Core;
using Strata.Packaging;
using Strata.Tests.Packaging;

namespace Strata.Tests.Compliance;

public sealed class LicenseCollectorTests : IDisposable
{
    private const string Text = "line one\nline two\nline three\nline four";

    private readonly Scratch _scratch = new();
    private readonly Diagnostics _diagnostics = new();

    public LicenseCollectorTests() => _scratch.Write("s/COPYING", Text);

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public void Texts_that_match_their_digests_are_collected()
    {
        _scratch.Write("s/sub/COPYING", "other");

        var licenses = Collect("GPLv2", $"file://COPYING;sha256={Sha256(Text)} \\\n file://sub/COPYING;md5={Md5("other")}")!;

        Assert.Equal("GPL-2.0-only", licenses.Expression);
        Assert.Equal(["COPYING.0", "COPYING.1"], licenses.Texts.Select(t => t.File));
        Assert.Equal(Text, File.ReadAllText(_scratch["out/texts/COPYING.0"]));
        Assert.Equal(licenses.Texts, RecipeLicenses.Read(_scratch["out"]).Texts);
    }

    [Theory]
    [InlineData(";beginline=2;endline=3", "line two\nline three\n")]
    [InlineData(";beginline=3", "line three\nline four")]
    [InlineData(";endline=1", "line one\n")]
    public void Lines_are_counted_as_BitBake_counts_them(string lines, string expected)
    {
        var licenses = Collect("MIT", $"file://COPYING{lines};md5={Md5(expected)}");

        Assert.NotNull(licenses);
        Assert.Equal(expected, File.ReadAllText(_scratch["out/texts/COPYING"]));
    }

    [Fact]
    public void A_changed_text_stops_the_build_and_shows_the_line_to_paste()
    {
        var old = new string('a', 64);

        Assert.Null(Collect("MIT", $"file://COPYING;beginline=1;endline=2;sha256={old}"));

        var error = Assert.Single(_diagnostics.Sorted());
        var actual = Sha256("line one\nline two\n");
        Assert.Equal(("STR7010", $"the licence text 'COPYING' is not the one that was reviewed: expected sha256 {old}, found {actual}"), (error.Rule.Code, error.Message));
        Assert.EndsWith($"file://COPYING;beginline=1;endline=2;sha256={actual}", error.Hint!, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("sha256")]
    [InlineData("md5")]
    public void A_text_that_was_seen_before_is_compared_with_what_it_is_now(string algorithm)
    {
        var digest = algorithm == "md5" ? Md5(Text) : Sha256(Text);
        Assert.NotNull(Collect("MIT", $"file://COPYING;{algorithm}={digest}"));
        _scratch.Write("s/COPYING", "line one\nline 2\nline three\nline four\nline \u001b[5m");

        Assert.Null(Collect("MIT", $"file://COPYING;{algorithm}={digest}"));

        Assert.StartsWith("this changed:\n        2 - line two\n        2 + line 2\n        5 + line �[5m\n  read it;", Assert.Single(_diagnostics.Sorted()).Hint, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("MIT", 0)]
    [InlineData("MIT & GPL-2.0-only", 0)]
    [InlineData("MIT AND ISC", 1)]
    public void A_package_is_under_licences_of_its_recipe(string license, int warnings)
    {
        var request = Request("GPL-2.0-only AND MIT", $"file://COPYING;sha256={Sha256(Text)}") with { PackageLicenses = ImmutableSortedDictionary<string, string>.Empty.Add("app-doc", license) };

        Assert.NotNull(LicenseCollector.Collect(request, _diagnostics));

        Assert.Equal(warnings, _diagnostics.Sorted().Count(d => d.Rule.Code == "STR7017"));
    }

    [Fact]
    public void A_missing_text_is_answered_with_those_that_exist()
    {
        Assert.Null(Collect("MIT", $"file://LICENSE;sha256={Sha256(Text)}"));
        Assert.Equal("the source has COPYING", Assert.Single(_diagnostics.Sorted()).Hint);
    }

    [Fact]
    public void A_recipe_without_evidence_gets_the_lines_to_write()
    {
        Assert.Null(Collect("MIT", ""));
        Assert.Contains($"file://COPYING;sha256={Sha256(Text)}", Assert.Single(_diagnostics.Sorted()).Hint!, StringComparison.Ordinal);
    }

    [Fact]
    public void A_text_of_a_gigabyte_is_refused_unread()
    {
        using (var huge = File.Create(_scratch["s/HUGE"])) huge.SetLength(1L << 30);

        Assert.Null(Collect("MIT", $"file://HUGE;sha256={Sha256(Text)}"));
        Assert.Equal("STR7016", Assert.Single(_diagnostics.Sorted()).Rule.Code);
    }

    [Fact]
    public void Closed_software_needs_no_evidence() => Assert.NotNull(Collect("CLOSED", ""));

    [Theory]
    [InlineData("COPYING;md5=x")]
    [InlineData("file://COPYING;md5=x")]
    [InlineData("file://COPYING;beginline=first")]
    public void An_entry_that_makes_no_sense_is_refused(string entry)
    {
        Assert.Null(Collect("MIT", entry));
        Assert.Equal("STR7013", _diagnostics.Sorted()[0].Rule.Code);
    }

    [Theory]
    [InlineData("../secret")]
    [InlineData("link")]
    public void Nothing_outside_of_the_source_is_collected(string path)
    {
        _scratch.Write("secret", "s");
        _scratch.Link("s/link", "../secret");

        Assert.Null(Collect("MIT", $"file://{path};sha256={Sha256("s")}"));
        Assert.Equal("STR7012", Assert.Single(_diagnostics.Sorted()).Rule.Code);
    }

    [Fact]
    public void Common_licences_are_found_where_they_are_mapped_to()
    {
        _scratch.Write("common/MIT", "mit");
        var request = Request("MIT", $"file:///build/licenses/MIT;md5={Md5("mit")}") with
        {
            Directories = ImmutableSortedDictionary<string, string>.Empty.Add("/build/licenses", _scratch["common"]),
        };

        Assert.NotNull(LicenseCollector.Collect(request, _diagnostics));
        Assert.Equal("mit", File.ReadAllText(_scratch["out/texts/MIT"]));
    }

    [Fact]
    public void The_manifests_are_those_that_Yocto_users_know()
    {
        Collect("MIT", $"file://COPYING;sha256={Sha256(Text)}");
        var rootfs = new RootfsManifest
        {
            Hostname = "box",
            Epoch = 0,
            Size = 0,
            Packages = [Installed("zlib", "zlib", "Zlib"), Installed("app-doc", "app", "MIT"), Installed("app", "app", "MIT & Zlib")],
        };

        LicenseManifestWriter.Write(new() { Rootfs = rootfs, LicenseArtifacts = [_scratch["out"]], OutputDirectory = _scratch["manifest"] }, _diagnostics);

        Assert.Equal(
            "PACKAGE NAME: app\nPACKAGE VERSION: 1.2\nRECIPE NAME: app\nLICENSE: MIT & Zlib\n\n"
            + "PACKAGE NAME: app-doc\nPACKAGE VERSION: 1.2\nRECIPE NAME: app\nLICENSE: MIT\n\n"
            + "PACKAGE NAME: zlib\nPACKAGE VERSION: 1.2\nRECIPE NAME: zlib\nLICENSE: Zlib\n\n", File.ReadAllText(_scratch["manifest/license.manifest"]));
        Assert.Equal("app armv8a 1.2-r0\napp-doc armv8a 1.2-r0\nzlib armv8a 1.2-r0\n", File.ReadAllText(_scratch["manifest/package.manifest"]));
        Assert.Equal(Text, File.ReadAllText(_scratch["manifest/licenses/app/COPYING"]));
        Assert.Equal(("STR7015", Severity.Warning), (_diagnostics.Sorted()[0].Rule.Code, _diagnostics.Sorted()[0].Severity));
    }

    private static InstalledPackage Installed(string name, string recipe, string license) =>
        new() { Name = name, Version = "1.2", Revision = "r0", Recipe = recipe, Architecture = "armv8a", License = license };

    private RecipeLicenses? Collect(string license, string evidence) => LicenseCollector.Collect(Request(license, evidence), _diagnostics);

    private LicenseCollectRequest Request(string license, string evidence) => new()
    {
        Recipe = "app",
        Version = "1.2",
        License = license,
        Evidence = evidence.Replace("\\\n", " ", StringComparison.Ordinal),
        SourceDirectory = _scratch["s"],
        OutputDirectory = _scratch["out"],
        ReviewedTexts = _scratch["reviewed"],
    };

    private static string Sha256(string text) => Digest.Of(text).Hex;

    [SuppressMessage("Security", "CA5351", Justification = "the form of LIC_FILES_CHKSUM that is under test")]
    private static string Md5(string text) => Convert.ToHexStringLower(MD5.HashData(Encoding.UTF8.GetBytes(text)));
}
