using System.Text;
using Strata.Cli;
using Strata.Core;
using Strata.Tests.Fetch;
using static Strata.Tests.Cli.Recipes.SourceArchive;

namespace Strata.Tests.Cli.Recipes;

/// <summary>Recipes moved to versions that a real server lists, and what a reviewer would say of them.</summary>
public sealed class RecipeUpgradeTests : IAsyncLifetime
{
    private const string Directory = "meta-product/recipes-app/hello";

    private readonly CliWorkspace _workspace = new();
    private readonly LyingServer _server = new();
    private readonly byte[] _old = Of("hello-1.2", ("LICENSE", Mit), ("a.c", "one\ntwo\nthree\n"), ("b.c", "old\n"));
    private readonly byte[] _new = Of("hello-1.10", ("LICENSE", "Copyright 2026\n" + Mit), ("a.c", "one\ntwo\nthree\n"), ("b.c", "quite new\n"));

    public ValueTask InitializeAsync()
    {
        _server.Serve("/releases/hello-1.2.tar.gz", _old);
        _server.Serve("/releases/hello-1.10.tar.gz", _new);
        _server.Serve("/releases/", Encoding.ASCII.GetBytes("<a href=\"hello-1.2.tar.gz\">x</a> <a href=\"hello-1.9.tar.gz\">x</a> <a href=\"hello-1.10.tar.gz\">x</a> <a href=\"hello-2.0-rc1.tar.gz\">x</a>"), "text/html");
        _workspace.Write($"{Directory}/hello_1.2.bb", $$"""
            SUMMARY = "Says hello"
            HOMEPAGE = "https://example.org/"
            LICENSE = "MIT"
            LIC_FILES_CHKSUM = "file://LICENSE;sha256={{Digest.Of(Mit).Hex}}"

            SRC_URI = "{{_server.Url("/releases/hello-${PV}.tar.gz")}} file://fits.patch file://stale.patch"
            SRC_URI[sha256sum] = "{{Digest.Of(_old).Hex}}"

            """);
        _workspace.Write($"{Directory}/files/fits.patch", "--- a/a.c\n+++ b/a.c\n@@ -1,3 +1,3 @@\n one\n-two\n+TWO\n three\n");
        _workspace.Write($"{Directory}/files/stale.patch", "--- a/b.c\n+++ b/b.c\n@@ -1 +1 @@\n-old\n+mended\n");
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _workspace.Dispose();
    }

    [Fact]
    public async Task The_newest_release_is_found_by_number_and_candidates_are_none()
    {
        var answer = (await _workspace.Strata("recipe outdated hello --json")).Succeeds().Json[0];

        Assert.Equal("1.10", answer.GetProperty("newest").GetString());
        Assert.True(answer.GetProperty("isOutdated").GetBoolean());
        (await _workspace.Strata("recipe outdated hello")).Succeeds().Prints("→ 1.10", "1 of 1 recipes are outdated");
    }

    [Fact]
    public async Task A_recipe_moves_with_its_digests_and_says_what_does_not()
    {
        var run = (await _workspace.Strata("recipe upgrade hello")).Succeeds().Prints("hello 1.2 → 1.10");

        run.Complains("STR1192", "stale.patch", "STR1193", "+Copyright 2026");
        Assert.DoesNotContain("fits.patch", run.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(_workspace.Top, Directory, "hello_1.2.bb")));
        var text = _workspace.Read($"{Directory}/hello_1.10.bb");
        Assert.Contains($"SRC_URI[sha256sum] = \"{Digest.Of(_new).Hex}\"", text, StringComparison.Ordinal);
        Assert.Contains(Digest.Of("Copyright 2026\n" + Mit).Hex, text, StringComparison.Ordinal);
        (await _workspace.Strata("recipe upgrade hello")).Succeeds().Prints("hello is at 1.10 already");
    }

    [Fact]
    public async Task What_cannot_be_fetched_leaves_the_recipe_as_it_was()
    {
        var before = _workspace.Read($"{Directory}/hello_1.2.bb");

        (await _workspace.Strata("recipe upgrade hello 1.9")).EndsWith(ExitCode.BuildFailed).Complains("STR4022");

        Assert.Equal(before, _workspace.Read($"{Directory}/hello_1.2.bb"));
        Assert.False(File.Exists(Path.Combine(_workspace.Top, Directory, "hello_1.9.bb")));
    }

    [Fact]
    public async Task A_check_names_each_fault_at_its_line()
    {
        _workspace.Write("meta-product/recipes-app/bad/bad_1.0.bb", """
            SUMMARY = "Is bad."
            SRC_URI = "https://example.org/bad.tar.gz"
            LICENSE = "MIT"
            FOO="x" 
            FILES:${PN}-odd = "/usr/bin/odd"
            """);

        var findings = (await _workspace.Strata("recipe check bad --json")).EndsWith(ExitCode.BuildFailed).Json.EnumerateArray()
            .Select(f => $"{f.GetProperty("code").GetString()}:{f.GetProperty("line").GetInt32()}").Order(StringComparer.Ordinal);

        Assert.Equal(["STR1180:3", "STR1181:5", "STR1182:2", "STR1183:3", "STR1184:4", "STR1184:4", "STR1184:5", "STR1185:0", "STR1185:1", "STR1186:5"], findings);
    }

    [Fact]
    public async Task The_core_layer_is_clean() => (await _workspace.Strata("recipe check --layer core")).Succeeds().Prints(" 0 findings");
}
