using System.Text.Json.Nodes;
using Strata.Compliance;
using Strata.Core;
using Strata.Packaging;
using Strata.Tests.Packaging;

namespace Strata.Tests.Compliance;

public sealed class LicenseReportTests : IDisposable
{
    private readonly Scratch _scratch = new();
    private readonly Diagnostics _diagnostics = new();

    public void Dispose() => _scratch.Dispose();

    private void Write(string deny = "", string templates = "", params string[] reports) => LicenseReportWriter.Write(new()
    {
        Image = "image-x",
        Version = "1.0",
        Rootfs = new() { Hostname = "x", Epoch = 0, Size = 0, Packages = [Package("app", "MIT", "liba"), Package("liba", "LGPL-2.1-only OR MPL-2.0"), Package("=cmd", "ISC")] },
        LicenseArtifacts = [Artifact("app", "<Angle> & Co"), Artifact("liba", "<Angle> & Co")],
        Policy = LicensePolicyReader.Read(name => name == "LICENSE_DENY" ? deny : null, _ => default, _diagnostics),
        Install = ["app"],
        Identities = ["OCI manifest sha256:" + new string('a', 64)],
        Supplier = "Example Ltd",
        Contact = "mailto:source@example.org",
        Reports = reports is [] ? [.. LicenseReportWriter.Known] : [.. reports],
        TemplateDirectory = templates,
        OutputDirectory = _scratch["out"],
    }, _diagnostics);

    private static InstalledPackage Package(string name, string license, params string[] depends) => new()
    {
        Name = name, Version = "2.0", Revision = "r1", Recipe = name, Architecture = "aarch64", License = license, Depends = [.. depends],
    };

    private string Artifact(string recipe, string text)
    {
        _scratch.Write($"{recipe}/texts/COPYING", text);
        new RecipeLicenses
        {
            Recipe = recipe, Version = "2.0", License = "MIT", Expression = "MIT", Sources = [new($"https://example.org/{recipe}.tar.gz", Sha256: new('c', 64))],
            Texts = [new("COPYING", "COPYING", Digest.Of(text).Hex)],
        }.Write(_scratch[recipe]);
        return _scratch[recipe];
    }

    private string Read(string file) => File.ReadAllText(_scratch[$"out/{file}"]);

    [Fact]
    public void The_notice_has_every_recipe_and_each_text_once()
    {
        Write();

        Assert.Contains("app 2.0\nLicence: MIT\n", Read("NOTICE.txt"), StringComparison.Ordinal);
        Assert.Single(Read("NOTICE.txt").Split("<Angle> & Co")[1..]);
        Assert.Contains("Text 1, of app liba\n", Read("NOTICE.txt"), StringComparison.Ordinal);
    }

    [Fact]
    public void Html_shows_texts_as_texts_and_loads_nothing()
    {
        Write();

        Assert.All(["NOTICE.html", "license-report.html"], file =>
        {
            Assert.Contains("&lt;Angle&gt; &amp; Co", Read(file), StringComparison.Ordinal);
            Assert.DoesNotContain("<Angle>", Read(file), StringComparison.Ordinal);
            Assert.DoesNotMatch("(src|<link|@import|url\\()", Read(file));
        });
    }

    [Fact]
    public void The_offer_names_the_image_and_the_sources_of_copyleft_alone()
    {
        Write(reports: "offer");

        Assert.Contains("OCI manifest sha256:aaaa", Read("written-offer.txt"), StringComparison.Ordinal);
        Assert.Contains("For at least 3 years", Read("written-offer.txt"), StringComparison.Ordinal);
        Assert.Contains("https://example.org/liba.tar.gz sha256:cccc", Read("written-offer.txt"), StringComparison.Ordinal);
        Assert.DoesNotContain("app.tar.gz", Read("written-offer.txt"), StringComparison.Ordinal);
        Assert.False(File.Exists(_scratch["out/NOTICE.txt"]));
    }

    [Fact]
    public void The_table_is_csv_in_which_no_cell_is_a_formula()
    {
        Write();

        var lines = Read("licenses.csv").Split("\r\n");
        Assert.StartsWith("'=cmd,2.0-r1,", lines[1], StringComparison.Ordinal);
        Assert.Equal("liba,2.0-r1,liba,LGPL-2.1-only OR MPL-2.0,LGPL-2.1-only,weak-copyleft,allow,,,app → liba,0,,LGPL-2.1-only OR MPL-2.0,", lines[3]);
    }

    [Fact]
    public void A_refused_package_is_an_error_with_the_way_that_leads_to_it()
    {
        Write(deny: "LGPL* MPL*");

        var error = Assert.Single(_diagnostics.Sorted());
        Assert.Equal("STR7030", error.Rule.Code);
        Assert.Contains("image-x → app → liba", error.Message, StringComparison.Ordinal);
        Assert.StartsWith("do without 'app'", error.Hint!, StringComparison.Ordinal);
        Assert.Equal("deny", (string)JsonNode.Parse(Read("policy.json"))![2]!["verdict"]!["decision"]!);
    }

    [Fact]
    public void A_template_of_a_layer_comes_first()
    {
        _scratch.Write("templates/NOTICE.txt.hbs", "{{Image}}:{{#each Packages}} {{Name}}{{/each}}");

        Write("", _scratch["templates"], "notice-text");

        Assert.Equal("image-x: =cmd app liba", Read("NOTICE.txt"));
    }

    [Theory]
    [InlineData("{{#each Packages}}")]
    [InlineData("{{NoSuchMember}}")]
    public void A_template_with_a_mistake_is_named(string template)
    {
        _scratch.Write("templates/NOTICE.txt.hbs", template);

        Write("", _scratch["templates"], "notice-text");

        var error = Assert.Single(_diagnostics.Sorted());
        Assert.Equal(("STR7036", _scratch["templates/NOTICE.txt.hbs"]), (error.Rule.Code, error.Place.File));
    }

    [Fact]
    public void An_unknown_report_is_answered_with_those_there_are()
    {
        Write("", "", "pdf");

        Assert.Equal(("STR7037", "name some of: notice-html, notice-text, offer, report, table"), (_diagnostics.Sorted()[0].Rule.Code, _diagnostics.Sorted()[0].Hint));
    }
}
