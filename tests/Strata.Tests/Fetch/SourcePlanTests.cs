using System.Collections.Immutable;
using Strata.Core;
using Strata.Fetch;

namespace Strata.Tests.Fetch;

public sealed class SourcePlanTests : IDisposable
{
    private const string Hex = "0fd35a7030052acd9f58948d1d900fe1e432ee37103c5561554408bdac6bbf0d";
    private const string Revision = "789f3f7c7416051edba97dbca28c5c789c947e3b";

    private readonly TemporaryDirectory _files = new();
    private readonly Diagnostics _diagnostics = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public void Every_entry_gets_the_pin_of_its_name()
    {
        _files.Write("fix.patch", "");
        var plan = Plan("""
            https://example.org/a.tgz
            https://example.org/b.tgz;name=b
            https://example.org/c.tgz;sha256sum=aa
            git://example.org/d;branch=main;name=d
            git://example.org/e;branch=main;name=e
            file://fix.patch
            """.Replace("=aa", "=" + Hex.Replace('0', '2'), StringComparison.Ordinal),
            new() { ["sha256sum"] = Hex, ["b.sha256sum"] = Hex.Replace('0', '1') },
            new() { ["SRCREV_d"] = Revision, ["SRCREV"] = Revision.ToUpperInvariant().Replace('7', '8') });

        Assert.Empty(_diagnostics.Sorted());
        Assert.Equal(
            ["a.tgz " + Hex, "b.tgz " + Hex.Replace('0', '1'), "c.tgz " + Hex.Replace('0', '2'), "d " + Revision, "e " + Revision.Replace('7', '8'), "fix.patch " + _files.At("fix.patch")],
            plan!.Sources.Select(s => s.Uri.FileName + " " + s switch { PinnedFile f => f.Pin.Hex, PinnedGit g => g.Revision, LocalFile l => l.Path, _ => "" }));
    }

    [Fact]
    public void A_missing_digest_is_refused_with_the_line_to_add() =>
        Refused("https://example.org/b.tgz;name=b", "STR4003", "SRC_URI[b.sha256sum] = \"…\"");

    [Fact]
    public void An_md5_is_no_pin() => Refused("https://example.org/b.tgz", "STR4003", "SRC_URI[sha256sum]", pins: new() { ["md5sum"] = "d41d8cd98f00b204e9800998ecf8427e" });

    [Fact]
    public void A_malformed_digest_is_refused() => Refused("https://example.org/b.tgz", "STR4004", "SRC_URI[sha256sum]", pins: new() { ["sha256sum"] = Hex[1..] });

    [Fact]
    public void A_missing_revision_is_refused_with_the_line_to_add() => Refused("git://example.org/d;branch=main;name=d", "STR4005", "SRCREV_d = \"…\"");

    [Theory]
    [InlineData("AUTOINC")]
    [InlineData("${AUTOREV}")]
    [InlineData("main")]
    [InlineData("v1.0")]
    [InlineData("789f3f7")]
    public void A_revision_that_can_move_is_refused(string revision) =>
        Refused("git://example.org/d;branch=main", "STR4006", "git ls-remote git://example.org/d", revisions: new() { ["SRCREV"] = revision });

    [Fact]
    public void A_missing_local_file_is_refused_with_where_it_was_looked_for() => Refused("file://nothing.cfg", "STR4008", "put the file into " + _files.Root);

    [Theory]
    [InlineData("htttps://example.org/a", "STR4002", "did you mean 'https")]
    [InlineData("crate://crates.io/a", "STR4001", "scheme://host/path")]
    [InlineData("nonsense", "STR4001", "scheme://host/path")]
    [InlineData("https://example.org/", "STR4009", "downloadfilename")]
    [InlineData("https://example.org/a;downloadfilename=../../b", "STR4009", "downloadfilename")]
    public void A_wrong_entry_is_refused(string entry, string code, string hint) => Refused(entry, code, hint, pins: new() { ["sha256sum"] = Hex });

    [Fact]
    public void Every_problem_is_reported_at_once()
    {
        Assert.Null(Plan("https://example.org/a.tgz https://example.org/b.tgz;name=b nonsense"));
        Assert.Equal(3, _diagnostics.Sorted().Length);
    }

    [Fact]
    public void A_git_entry_without_a_branch_is_warned_about()
    {
        Assert.NotNull(Plan("git://example.org/d", revisions: new() { ["SRCREV"] = Revision }));
        Assert.Equal("STR4007", Assert.Single(_diagnostics.Sorted()).Rule.Code);
    }

    [Fact]
    public void What_can_pin_is_known_before_anything_is_read()
    {
        var (flags, variables) = SourcePlan.PinNames("https://e.org/a https://e.org/b;name=b git://e.org/c;name=c file://x");

        Assert.Equal(["b.sha256sum", "sha256sum"], flags);
        Assert.Equal(["SRCREV", "SRCREV_c"], variables);
    }

    [Theory]
    [InlineData("git://e.org/c;branch=main", "AUTOINC", "SRCREV", "refs/heads/main")]
    [InlineData("git://e.org/c;branch=main;name=x", "AUTOINC", "SRCREV_x", "refs/heads/main")]
    [InlineData("git://e.org/c;nobranch=1;tag=v2", "INVALID", "SRCREV", "refs/tags/v2")]
    [InlineData("git://e.org/c;branch=main", "v1", "SRCREV", "v1")]
    [InlineData("https://e.org/c", "", "SRC_URI[sha256sum]", "")]
    public void What_a_recipe_leaves_open_is_known_with_the_setting_that_would_pin_it(string entry, string revision, string setting, string reference)
    {
        var open = Assert.Single(SourcePlan.OpenSources(Request(entry, [], new() { ["SRCREV"] = revision })));
        Assert.Equal((setting, reference), (open.Setting, open.Revision));
    }

    [Fact]
    public void A_locked_digest_pins_a_file_that_has_none()
    {
        var request = Request("https://e.org/c", [], []) with { Locked = LockedDigests.Parse(LockedDigests.Word(Digest.Parse(Hex), "https://e.org/c")) };

        Assert.Empty(SourcePlan.OpenSources(request));
        Assert.Equal(Hex, Assert.IsType<PinnedFile>(Assert.Single(SourcePlan.Create(request, _diagnostics)!.Sources)).Pin.Hex);
    }

    [Fact]
    public void Every_rule_has_its_own_code_in_this_stages_range()
    {
        Assert.All(FetchRules.All, rule => Assert.StartsWith("STR4", rule.Code, StringComparison.Ordinal));
        Assert.Equal(FetchRules.All.Length, FetchRules.All.Select(r => r.Code).Distinct().Count());
    }

    private void Refused(string entry, string code, string hint, Dictionary<string, string>? pins = null, Dictionary<string, string>? revisions = null)
    {
        Assert.Null(Plan(entry, pins, revisions));
        var problem = Assert.Single(_diagnostics.Sorted());
        Assert.Equal(code, problem.Rule.Code);
        Assert.Contains(hint, problem.Hint, StringComparison.Ordinal);
        Assert.Equal("recipe.bb:3", problem.Place.ToString());
    }

    private SourcePlan? Plan(string uris, Dictionary<string, string>? pins = null, Dictionary<string, string>? revisions = null) =>
        SourcePlan.Create(Request(uris, pins ?? [], revisions ?? []), _diagnostics);

    private SourceRequest Request(string uris, Dictionary<string, string> pins, Dictionary<string, string> revisions) => new()
    {
        Recipe = "hello", Place = new("recipe.bb", 3), SourceUris = uris, FileSearchPath = [_files.Root],
        Pins = pins.ToImmutableSortedDictionary(StringComparer.Ordinal),
        Revisions = revisions.ToImmutableSortedDictionary(StringComparer.Ordinal),
    };
}
