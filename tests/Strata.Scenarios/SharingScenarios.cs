namespace Strata.Scenarios;

/// <summary>What several workspaces see that share what they make.</summary>
public sealed class SharingScenarios(ITestOutputHelper output) : Scenario(output)
{
    private const string Comment = "/* A comment. */ ";

    [Fact]
    public async Task What_one_workspace_built_an_empty_one_restores_without_running_anything()
    {
        var shared = TemporaryDirectory();
        (await (await SharingWorkspace(shared)).Strata("build all-native")).Succeeds().Prints($"artifacts are now on file://{shared}");

        var second = (await (await SharingWorkspace(shared)).Strata("build all-native")).Succeeds();

        Assert.Empty(second.RanTasks);
        Assert.NotEmpty(second.RestoredTasks);
    }

    [Fact]
    public async Task That_a_change_makes_the_same_bytes_is_known_in_an_empty_workspace_too()
    {
        var shared = TemporaryDirectory();
        (await (await SharingWorkspace(shared)).Strata("build all-native")).Succeeds();

        var second = await SharingWorkspace(shared);
        second.Edit("meta-three/recipes-three/libgreet/files/greet.c", text => Comment + text);
        var changed = (await second.Strata("build all-native")).Succeeds();
        var third = await SharingWorkspace(shared);
        third.Edit("meta-three/recipes-three/libgreet/files/greet.c", text => Comment + text);
        var again = (await third.Strata("build all-native")).Succeeds();

        Assert.Contains("libgreet-native:do_compile", changed.RanTasks);
        Assert.All(changed.RanTasks, t => Assert.StartsWith("libgreet-native:", t, StringComparison.Ordinal));
        Assert.Empty(again.RanTasks);
    }

    [Fact]
    public async Task A_remote_that_is_not_there_costs_one_warning()
    {
        var workspace = await SharingWorkspace("/nowhere");

        var build = (await workspace.Strata("build unrelated-native")).Succeeds();

        Assert.Single(build.Text.Split('\n'), line => line.Contains("STR801", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_cache_is_listed_pushed_and_emptied_by_name()
    {
        var shared = TemporaryDirectory();
        var workspace = await WorkspaceFrom("meta-three");
        (await workspace.Strata("build all-native")).Succeeds();
        workspace.Edit("conf/local.conf", text => $"{text}STRATA_REMOTES = \"file://{shared};rw\"\n");

        (await workspace.Strata("cache push")).Succeeds();
        (await workspace.Strata("cache ls libgreet-native")).Succeeds().Prints("libgreet-native:do_populate_sysroot");
        (await workspace.Strata("cache ls --json libgreet-native")).Succeeds().Prints("\"libgreet-native:do_populate_sysroot\"");
        (await workspace.Strata("cache rm libgret-native")).FailsWith(2).Prints("libgreet-native");
        (await workspace.Strata("cache rm libgreet-native")).Succeeds();
        (await workspace.Strata("cache ls libgreet-native")).FailsWith(2);
        (await workspace.Strata("cache verify")).Succeeds().Prints(" 0 were damaged");

        Directory.Delete(workspace.PathOf("build/cache/finished"), recursive: true);
        Assert.Empty((await workspace.Strata("build all-native")).Succeeds().RanTasks);
    }

    private async Task<ScenarioWorkspace> SharingWorkspace(string shared)
    {
        var workspace = await WorkspaceFrom("meta-three");
        workspace.Edit("conf/local.conf", text => $"{text}STRATA_REMOTES = \"file://{shared};rw\"\n");
        return workspace;
    }
}
