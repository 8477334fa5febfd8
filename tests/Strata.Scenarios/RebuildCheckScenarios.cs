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
    public async Task The_second_build_differs_in_everything_that_is_said_to_differ()
    {
        // Programs that Strata starts outside of sandboxes are asked; a sandbox itself shows none of this. The second build begins with taskset.
        var tools = TemporaryDirectory();
        var (user, log) = (Path.Combine(tools, "user"), Path.Combine(tools, "log"));
        Observer(tools, "taskset", $"printf '%s|%s|%s|%s' \"$TZ\" \"$LC_ALL\" \"$LOGNAME\" \"$(umask)\" > {user}");
        Observer(tools, "bwrap", $"printf '%s|%s|%s\\n' \"$(nproc)\" \"$(date +%s)\" \"$(printf '%s\\n' \"$@\" | grep -m 1 work/steady)\" >> {log}");
        var workspace = ShellWorkspace(("steady", "inherit chain\n"));
        workspace.Environment["PATH"] = $"{tools}:{Environment.GetEnvironmentVariable("PATH")}";
        foreach (var name in new[] { "TZ", "LC_ALL", "LOGNAME" }) workspace.Environment[name] = "C";

        (await workspace.Strata("build --check steady")).Succeeds();

        Assert.All(File.ReadAllText(user).Split('|'), value => Assert.False(value is "" or "C" or "0022"));
        var runs = File.ReadAllLines(log).Select(line => line.Split('|')).Where(words => words[2].Length > 0).ToArray();
        foreach (var (circumstance, at) in new[] { "processors", "time", "directory" }.Select((name, i) => (name, i)))
            Assert.True(runs[0][at] != runs[^1][at] || (circumstance is "processors" && Environment.ProcessorCount == 1), $"{circumstance}: {runs[0][at]} both times");
    }

    /// <summary>A program of this name that does something before it does what the real one does.</summary>
    private static void Observer(string directory, string program, string script)
    {
        var file = Path.Combine(directory, program);
        File.WriteAllText(file, $"#!/bin/sh\n{script}\nexec \"$(PATH=/usr/bin:/bin command -v {program})\" \"$@\"\n");
        File.SetUnixFileMode(file, (UnixFileMode)0b111_101_101);
    }

    [Fact]
    public async Task A_recipe_that_embeds_the_number_of_processors_fails()
    {
        Assert.SkipUnless(Environment.ProcessorCount > 1, "this machine has one processor");
        var workspace = ShellWorkspace(("cores", "inherit chain\ndo_populate_sysroot () {\n    nproc > ${SYSROOT_DESTDIR}/cores\n}\n"));

        (await workspace.Strata("build --check cores")).FailsWith(1).Prints("cores: differs from byte ");
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
