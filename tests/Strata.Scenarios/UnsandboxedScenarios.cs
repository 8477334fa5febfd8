namespace Strata.Scenarios;

/// <summary>A container that forbids namespaces: made here by the kernel's own limit, in a user namespace around Strata.</summary>
public sealed class UnsandboxedScenarios(ITestOutputHelper output) : Scenario(output)
{
    private static readonly string[] s_container =
        ["unshare", "--user", "--map-root-user", "sh", "-ec", "echo 0 > /proc/sys/user/max_user_namespaces; exec \"$@\"", "sh"];

    [Fact]
    public async Task Doctor_and_the_failed_build_lead_to_a_build_that_works_says_what_it_is_and_keeps_to_itself()
    {
        var workspace = ShellWorkspace(("lib", "inherit chain\n"), ("app", "inherit chain\nDEPENDS = \"lib\"\ndo_compile () {\n    cat ${STAGING_DIR}/lib > ${WORKDIR}/out/lib\n}\n"));
        workspace.Edit("conf/local.conf", _ => "STRATA_REMOTES = \"file://${TOPDIR}/remote;rw\"\n");
        var container = workspace.Through(s_container);

        (await container.Strata("doctor")).FailsWith(1).Prints("user.max_user_namespaces is 0").Prints("strata build --unsandboxed");
        (await container.Strata("build app")).FailsWith(1).Prints("STR5005").Prints("strata doctor");

        (await container.Strata("build --unsandboxed app")).Succeeds().Prints("STR5011").Prints("tasks run without sandboxes");
        (await container.Strata("build --unsandboxed app")).Succeeds().Prints("STR5011");
        (await container.Strata("shell --unsandboxed app --command pwd")).Succeeds().Prints(workspace.PathOf("build/tmp/unsandboxed/work/app/1.0"));
        Assert.Equal("compiled lib\n", File.ReadAllText(workspace.PathOf("build/tmp/unsandboxed/work/app/1.0/image/app")));
        Assert.False(Directory.Exists(workspace.PathOf("remote")));

        var sandboxed = (await workspace.Strata("build app")).Succeeds();
        Assert.Contains("lib:do_compile", sandboxed.RanTasks);
        Assert.Contains("app:do_compile", sandboxed.RanTasks);
    }

    [Fact]
    public async Task A_check_of_reproducibility_is_refused()
    {
        var workspace = ShellWorkspace(("lib", "inherit chain\n"));

        (await workspace.Strata("build --unsandboxed --check lib")).FailsWith(2).Prints("STR1072");
    }
}
