namespace Strata.Scenarios;

/// <summary>What a user sees across builds in one workspace: nothing is done twice, and Strata can say why something was done once.</summary>
public sealed class RebuildScenarios(ITestOutputHelper output) : Scenario(output)
{
    [Fact]
    public async Task A_second_build_does_nothing_and_says_so()
    {
        var workspace = await WorkspaceFrom("meta-three");
        await workspace.Strata("build all-native");

        var second = (await workspace.Strata("build all-native")).Succeeds().Prints("Nothing to do");

        Assert.Empty(second.RanTasks);
    }

    [Fact]
    public async Task Editing_a_recipe_rebuilds_it_and_what_uses_it_and_nothing_else()
    {
        var workspace = await WorkspaceFrom("meta-three");
        (await workspace.Strata("build all-native")).Succeeds();

        workspace.Edit("meta-three/recipes-three/libgreet/files/greet.c", text => text.Replace("hello", "good day", StringComparison.Ordinal));
        var second = (await workspace.Strata("build all-native")).Succeeds();

        Assert.Contains("libgreet-native:do_compile", second.RanTasks);
        Assert.Contains("app-native:do_compile", second.RanTasks);
        Assert.DoesNotContain(second.RanTasks, t => t.StartsWith("unrelated-native", StringComparison.Ordinal) || t.StartsWith("host-tools", StringComparison.Ordinal));
        (await workspace.Strata("why app-native:do_compile")).Prints("libgreet-native").Prints("greet.c");
    }

    [Fact]
    public async Task A_change_that_makes_the_same_bytes_stops_there()
    {
        var workspace = await WorkspaceFrom("meta-three");
        (await workspace.Strata("build all-native")).Succeeds();

        workspace.Edit("meta-three/recipes-three/libgreet/files/greet.c", text => "/* A comment. */ " + text);
        var second = (await workspace.Strata("build all-native")).Succeeds();

        Assert.Contains("libgreet-native:do_compile", second.RanTasks);
        Assert.All(second.RanTasks, t => Assert.StartsWith("libgreet-native:", t, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Without_its_work_directories_a_build_restores_instead_of_compiling()
    {
        var workspace = await WorkspaceFrom("meta-three");
        (await workspace.Strata("build all-native")).Succeeds();

        Directory.Delete(workspace.PathOf("build/tmp"), recursive: true);
        // Nothing was deployed, so without this there would be nothing to do.
        Directory.Delete(workspace.PathOf("build/cache/finished"), recursive: true);
        var second = (await workspace.Strata("build all-native")).Succeeds();

        Assert.Empty(second.RanTasks);
        Assert.NotEmpty(second.RestoredTasks);
    }

    [Fact]
    public async Task What_was_damaged_or_collected_is_built_again()
    {
        var workspace = await WorkspaceFrom("meta-three");
        (await workspace.Strata("build all-native")).Succeeds();
        (await workspace.Strata("cache verify")).Succeeds().Prints(" 0 were damaged");

        (await workspace.Strata("cache gc --max-size 0")).Succeeds().Prints(" 0 MB left");
        Directory.Delete(workspace.PathOf("build/cache/finished"), recursive: true);

        Assert.Contains("all-native:do_populate_sysroot", (await workspace.Strata("build all-native")).Succeeds().RanTasks);
    }

    [Fact]
    public async Task A_failing_task_shows_its_log_and_what_was_skipped()
    {
        var workspace = await WorkspaceFrom("meta-three");
        workspace.Edit("meta-three/recipes-three/libgreet/files/greet.c", _ => "#error broken on purpose\n");

        var failed = (await workspace.Strata("build all-native")).FailsWith(1);

        failed.Prints("libgreet-native:do_compile").Prints("broken on purpose").Prints("log.do_compile").Prints("app-native:do_populate_sysroot  skipped");
    }

    [Fact]
    public async Task Keep_going_builds_what_does_not_depend_on_the_failure()
    {
        var workspace = await WorkspaceFrom("meta-three");
        workspace.Edit("meta-three/recipes-three/libgreet/files/greet.c", _ => "#error broken on purpose\n");

        var failed = (await workspace.Strata("build -k all-native")).FailsWith(1);

        Assert.Contains("unrelated-native:do_populate_sysroot", failed.RanTasks);
    }

    [Fact]
    public async Task A_dry_run_says_what_would_run_and_touches_nothing()
    {
        var workspace = await WorkspaceFrom("meta-three");

        (await workspace.Strata("build -n all-native")).Succeeds().Prints("libgreet-native:do_compile");

        Assert.False(Directory.Exists(workspace.PathOf("build/tmp/work")));
    }
}
