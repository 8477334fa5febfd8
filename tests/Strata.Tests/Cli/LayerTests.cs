using Strata.Cli;
using Strata.Core;

namespace Strata.Tests.Cli;

/// <summary>Looking at layers, and changing which there are.</summary>
public sealed class LayerTests : IDisposable
{
    private readonly CliWorkspace _workspace = new();

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public async Task Layers_are_listed_by_priority_with_what_git_knows_of_them()
    {
        await Git("init", "-q", "-b", "main", ".");
        await Git("add", "meta-three");
        await Git("-c", "user.name=t", "-c", "user.email=t@example.org", "commit", "-q", "-m", "first");
        _workspace.Write("meta-three/extra.txt", "x");

        var layers = (await _workspace.Strata("layer list --json")).Succeeds().Json.EnumerateArray().ToArray();

        Assert.Equal(["product", "three", "core"], layers.Select(l => l.GetProperty("name").GetString()));
        Assert.Equal("meta-three", layers[1].GetProperty("path").GetString());
        Assert.Equal("bedrock", layers[1].GetProperty("series")[0].GetString());
        Assert.Equal("main", layers[1].GetProperty("git").GetProperty("branch").GetString());
        Assert.Equal("extra.txt", layers[1].GetProperty("git").GetProperty("changed")[0].GetString());
        (await _workspace.Strata("layer list")).Succeeds().Prints("priority 9", "1 changed");
    }

    [Fact]
    public async Task A_layer_shows_what_it_changes_of_others()
    {
        _workspace.Write("conf/local.conf", _workspace.Read("conf/local.conf") + "INHERIT += \"tint\"\n");
        _workspace.Write("meta-product/classes/tint.bbclass", "TINT = \"deep\"\n");
        (await _workspace.Strata("layer show product")).Succeeds().Prints("priority", "core, version 1", "app-native: meta-product/recipes-product/app/app-native_%.bbappend", "TINT = \"deep\"");
        (await _workspace.Strata("layer show core")).Succeeds().Prints("needed by", "three", "machines", "qemuarm64");
    }

    [Fact]
    public async Task Recipes_appends_classes_and_dependencies_are_listed_by_layer()
    {
        (await _workspace.Strata("layer recipes three")).Succeeds().Prints("libgreet-native  ");
        (await _workspace.Strata("layer appends product")).Succeeds().Prints("app-native: meta-three/recipes-three/app/app-native_1.0.bb\n  meta-product/recipes-product/app/app-native_%.bbappend\n");
        (await _workspace.Strata("layer classes core")).Succeeds().Prints("autotools");
        (await _workspace.Strata("layer deps product")).Succeeds().Prints("product  core, version 1\nproduct  three\n");
        (await _workspace.Strata("layer deps nosuch")).EndsWith(ExitCode.Usage).Complains("STR1112");
    }

    [Fact]
    public async Task An_overlaid_recipe_says_which_one_is_used_and_why()
    {
        _workspace.Write("meta-product/recipes-product/greet/libgreet-native_0.9.bb", _workspace.Read("meta-three/recipes-three/libgreet/libgreet-native_1.0.bb"));
        (await _workspace.Strata("layer overlaid")).Succeeds().Prints(
            "recipe libgreet-native: meta-product/recipes-product/greet/libgreet-native_0.9.bb is used, layer product has priority 9\n  not meta-three/recipes-three/libgreet/libgreet-native_1.0.bb");

        _workspace.Write("conf/local.conf", _workspace.Read("conf/local.conf") + "PREFERRED_VERSION_libgreet-native = \"1.0\"\n");
        (await _workspace.Strata("layer overlaid")).Succeeds().Prints("libgreet-native_1.0.bb is used, PREFERRED_VERSION_libgreet-native = \"1.0\"");
    }

    [Fact]
    public async Task A_new_layer_is_added_in_the_users_own_formatting_passes_its_check_and_goes_again()
    {
        var before = _workspace.Read("conf/bblayers.conf");
        (await _workspace.Strata("layer create meta-fresh")).Succeeds().Prints("made meta-fresh", "added fresh: priority 10, 1 recipes");

        Assert.Equal(before.Replace("meta-product \\\n", "meta-product \\\n    ${TOPDIR}/meta-fresh \\\n", StringComparison.Ordinal), _workspace.Read("conf/bblayers.conf"));
        (await _workspace.Strata("layer check fresh")).Succeeds().Prints("9 of 9 rules hold");
        (await _workspace.Strata("graph fresh-example")).Succeeds().Prints("fresh-example:do_compile");

        (await _workspace.Strata("layer remove fresh")).Succeeds();
        Assert.Equal(before, _workspace.Read("conf/bblayers.conf"));
        (await _workspace.Strata("layer add meta-fresh")).Succeeds();
        (await _workspace.Strata("layer add meta-fresh")).EndsWith(ExitCode.Usage).Complains("STR1121");
        (await _workspace.Strata("layer create fresh2 --dir meta-fresh")).EndsWith(ExitCode.Usage).Complains("STR1124");
        (await _workspace.Strata("layer create Fresh")).EndsWith(ExitCode.Usage).Complains("STR1123");
    }

    [Fact]
    public async Task A_change_that_breaks_the_workspace_is_undone_with_the_reason()
    {
        var before = _workspace.Read("conf/bblayers.conf");
        (await _workspace.Strata("layer remove three")).EndsWith(ExitCode.BadMetadata).Complains("layer 'product' depends on layer 'three'", "STR1125");
        Assert.Equal(before, _workspace.Read("conf/bblayers.conf"));

        _workspace.Write("meta-lost/conf/layer.conf", "BBFILE_COLLECTIONS += \"lost\"\nBBFILE_PATTERN_lost = \"^${LAYERDIR}/\"\nLAYERDEPENDS_lost = \"nowhere\"\nLAYERSERIES_COMPAT_lost = \"bedrock\"\n");
        (await _workspace.Strata("layer add meta-lost")).EndsWith(ExitCode.BadMetadata).Complains("depends on layer 'nowhere'");
        Assert.Equal(before, _workspace.Read("conf/bblayers.conf"));
        (await _workspace.Strata("layer add meta-three/recipes-three")).EndsWith(ExitCode.Usage).Complains("STR1120");
    }

    [Fact]
    public async Task The_check_names_each_rule_that_is_broken()
    {
        _workspace.Write("meta-product/fix.patch", "--- a\n+++ b\n");
        _workspace.Write("meta-product/README", "hello");

        var run = (await _workspace.Strata("layer check product")).EndsWith(ExitCode.BuildFailed);

        run.Prints("who maintains it and how to send patches", "Upstream-Status: Pending", "meta-product/fix.patch", "add a LICENSE", "app-native:do_compile");
        var findings = (await _workspace.Strata("layer check product --json")).Json.GetProperty("findings").EnumerateArray().ToArray();
        Assert.Equal(4, findings.Count(f => f.GetProperty("outcome").GetString() == "Failed"));
    }

    [Fact]
    public async Task A_difference_names_variables_recipes_and_tasks()
    {
        _workspace.Write("meta-product/recipes-product/tool/tool-native_2.0.bb", "LICENSE = \"MIT\"\ninherit native\n");
        var run = (await _workspace.Strata("layer diff product")).Succeeds();

        run.Prints("layers before: core three\n", "tool-native: new, \"2.0\"", "app-native: do_", "append meta-product/recipes-product/app/app-native_%.bbappend", "COLOUR: new, \"blue sky\"");
        Assert.DoesNotContain("\nlibgreet-native:", run.Output, StringComparison.Ordinal);
        Assert.True((await _workspace.Strata("layer diff product --json")).Json.GetProperty("follow").GetInt32() > 0);
        (await _workspace.Strata("layer diff product --target unrelated-native")).Succeeds().Prints("nothing changes");
    }

    [Fact]
    public async Task A_layer_that_others_append_to_can_be_compared()
    {
        _workspace.Write("conf/bblayers.conf", _workspace.Read("conf/bblayers.conf").Replace("${TOPDIR}/meta-product \\\n", "${TOPDIR}/meta-product \\\n    ${TOPDIR}/meta-vendor \\\n", StringComparison.Ordinal));
        _workspace.Write("meta-vendor/conf/layer.conf", "BBFILES += \"${LAYERDIR}/*.bb\"\nBBFILE_COLLECTIONS += \"vendor\"\nBBFILE_PATTERN_vendor = \"^${LAYERDIR}/\"\nBBFILE_PRIORITY_vendor = \"6\"\nLAYERSERIES_COMPAT_vendor = \"bedrock\"\n");
        _workspace.Write("meta-vendor/blink_1.0.bb", "LICENSE = \"MIT\"\n");
        _workspace.Write("meta-product/recipes-product/blink/blink_%.bbappend", "SUMMARY = \"Blinks\"\n");

        _workspace.Write("meta-product/recipes-product/panel/panel_1.0.bb", "LICENSE = \"MIT\"\nRDEPENDS:${PN} = \"blink\"\n");

        (await _workspace.Strata("layer diff vendor")).Succeeds().Prints("blink: new, \"1.0\"", "panel: new, \"1.0\"")
            .Complains("left out where the layer is missing, as it needs it: meta-product/recipes-product/panel/panel_1.0.bb");
        (await _workspace.Strata("layer diff vendor --target panel")).EndsWith(ExitCode.BadMetadata).Complains("STR3003");
    }

    private async Task Git(params string[] arguments)
    {
        var outcome = await ProcessRunner.RunAsync(new() { Command = ["git", "-C", _workspace.Top, .. arguments] }, CancellationToken.None);
        Assert.True(outcome.Succeeded, outcome.Error);
    }
}
