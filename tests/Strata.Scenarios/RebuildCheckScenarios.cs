namespace Strata.Scenarios;

/// <summary><c>strata build --check</c>: the second build of the same is the judge.</summary>
public sealed class RebuildCheckScenarios(ITestOutputHelper output) : Scenario(output)
{
    [Fact]
    public async Task A_reproducible_recipe_passes_and_is_really_built_twice()
    {
        var workspace = ShellWorkspace(("steady", "inherit chain\n"));

        var run = (await workspace.Strata("build --check steady")).Succeeds().Prints("1 of 1 artifacts came out the same the second time");

        Assert.Equal(2, run.RanTasks.Count(t => t == "steady:do_compile"));
        Assert.Empty(Directory.GetDirectories(workspace.PathOf("build"), "tmp-again*"));
    }

    [Fact]
    public async Task A_recipe_that_embeds_the_time_fails_with_the_file_that_differs()
    {
        var workspace = ShellWorkspace(("clock", "inherit chain\ndo_populate_sysroot () {\n    date +%s > ${SYSROOT_DESTDIR}/when\n    echo same > ${SYSROOT_DESTDIR}/what\n}\n"));
        (await workspace.Strata("build clock")).Succeeds();

        var run = (await workspace.Strata("build --check clock")).FailsWith(1);

        run.Prints("STR1071").Prints("clock:do_populate_sysroot made something else the second time: 1 file differs").Prints("when: differs from byte ").Prints("0 of 1 artifacts");
        Assert.DoesNotContain("what:", run.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_builtin_tasks_make_does_not_depend_on_the_umask_of_the_user()
    {
        var workspace = await WorkspaceFrom("meta-three");

        (await workspace.Strata("build --check libgreet-native:populate_lic")).Succeeds().Prints("1 of 1 artifacts came out the same the second time");
    }

    [Fact]
    public async Task A_recipe_that_takes_files_in_the_order_of_the_disk_fails()
    {
        var workspace = ShellWorkspace(("order", "inherit chain\ndo_populate_sysroot () {\n    touch a b c\n    ls -U > ${SYSROOT_DESTDIR}/listing\n}\ndo_populate_sysroot[dirs] = \"${WORKDIR}/files\"\n"));

        var run = (await workspace.Strata("build --check order")).FailsWith(1);

        run.Prints("listings of directories backwards").Prints("listing: differs from byte ");
        var kept = Assert.Single(Directory.GetDirectories(workspace.PathOf("build"), "tmp-again*"));
        Assert.True(File.Exists(Path.Combine(kept, "work/order/1.0/files/a")));
    }

    [Fact]
    public async Task Dependencies_are_checked_on_demand_only_and_each_task_is_judged_alone()
    {
        var workspace = ShellWorkspace(
            ("clock", "inherit chain\ndo_populate_sysroot () {\n    date +%s > ${SYSROOT_DESTDIR}/when\n}\n"),
            ("user", "inherit chain\nDEPENDS = \"clock\"\ndo_compile () {\n    cp /build/sysroot/when ${WORKDIR}/out/lib\n}\n"));

        (await workspace.Strata("build --check user")).Succeeds();
        var all = (await workspace.Strata("build --check-all user")).FailsWith(1);

        all.Prints("clock:do_populate_sysroot made something else");
        Assert.DoesNotContain("user:do_populate_sysroot made something else", all.Text, StringComparison.Ordinal);
    }
}
