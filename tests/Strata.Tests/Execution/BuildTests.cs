using Strata.Core;

namespace Strata.Tests.Execution;

/// <summary>What a build runs, restores and leaves alone, with real tasks in real sandboxes.</summary>
public sealed class BuildTests : IDisposable
{
    private const string Lib = "inherit chain\n";
    private const string App = "inherit chain\nDEPENDS = \"lib\"\ndo_install:append () {\n    cat /build/sysroot/lib/lib >> ${D}/lib/app\n}\n";

    private readonly BuildWorkspace _workspace = new();

    public BuildTests() => _workspace.Recipe("lib", Lib).Recipe("app", App);

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public async Task A_first_build_runs_everything_that_the_target_needs()
    {
        _workspace.Recipe("unrelated", "inherit chain\n");

        var outcome = await _workspace.BuildAsync("app");

        Assert.True(outcome.Succeeded, string.Join('\n', _workspace.Events));
        Assert.Equal(["app:do_compile", "app:do_install", "app:do_sysroot", "app:do_unpack", "lib:do_compile", "lib:do_install", "lib:do_sysroot", "lib:do_unpack"],
            outcome.With(TaskOutcome.Ran));
        Assert.Equal(8, outcome.Tasks.Count);
        Assert.Equal("app\nlib\n", File.ReadAllText(_workspace.ArtifactPath(outcome, "app:do_sysroot", "lib/app")));
    }

    [Fact]
    public async Task A_second_build_restores_the_target_and_looks_at_nothing_else()
    {
        await _workspace.BuildAsync("app");

        var outcome = await _workspace.BuildAsync("app");

        Assert.Equal([KeyValuePair.Create("app:do_sysroot", TaskOutcome.Restored)], outcome.Tasks);
    }

    [Fact]
    public async Task Another_workspace_with_the_same_store_restores_without_a_work_directory()
    {
        await _workspace.BuildAsync("app");
        _workspace.Options = _workspace.Options with { TempDirectory = _workspace.PathOf("elsewhere") };

        var outcome = await _workspace.BuildAsync("app");

        Assert.Equal(["app:do_sysroot"], outcome.With(TaskOutcome.Restored));
        Assert.False(Directory.Exists(_workspace.PathOf("elsewhere/work")));
    }

    [Fact]
    public async Task A_dependency_that_comes_out_the_same_stops_the_rebuild()
    {
        await _workspace.BuildAsync("app");
        _workspace.Recipe("lib", Lib + "do_compile:prepend () {\n    : harmless\n}\n");

        var outcome = await _workspace.BuildAsync("app");

        Assert.Equal(["lib:do_compile", "lib:do_install", "lib:do_sysroot"], outcome.With(TaskOutcome.Ran));
        Assert.Equal(["app:do_sysroot"], outcome.With(TaskOutcome.Restored));
        Assert.Equal(["app:do_sysroot"], (await _workspace.BuildAsync("app")).Tasks.Keys);      // and now by its deep key
    }

    [Fact]
    public async Task A_dependency_that_changes_rebuilds_its_user_from_the_first_task_that_sees_it()
    {
        await _workspace.BuildAsync("app");
        _workspace.Recipe("lib", Lib + "TEXT = \"changed\"\n");

        var outcome = await _workspace.BuildAsync("app");

        Assert.Equal(["app:do_compile", "app:do_install", "app:do_sysroot", "lib:do_compile", "lib:do_install", "lib:do_sysroot"], outcome.With(TaskOutcome.Ran));
        Assert.Equal(["app:do_unpack", "lib:do_unpack"], outcome.With(TaskOutcome.UpToDate));
        Assert.Equal("app\nchanged\n", File.ReadAllText(_workspace.ArtifactPath(outcome, "app:do_sysroot", "lib/app")));
    }

    [Fact]
    public async Task A_changed_task_runs_again_from_the_nearest_task_before_it_that_empties_its_directories()
    {
        _workspace.Recipe("lib", Lib + "do_check () {\n    : first\n}\naddtask check after do_compile before do_install\n");
        await _workspace.BuildAsync("lib");
        _workspace.Recipe("lib", Lib + "do_check () {\n    : second\n}\naddtask check after do_compile before do_install\n");

        var outcome = await _workspace.BuildAsync("lib");

        Assert.Equal(["lib:do_check", "lib:do_compile", "lib:do_install", "lib:do_sysroot"], outcome.With(TaskOutcome.Ran));
        Assert.Equal(["lib:do_unpack"], outcome.With(TaskOutcome.UpToDate));
    }

    [Fact]
    public async Task Work_that_was_done_is_not_done_again_for_another_artifact_of_the_recipe()
    {
        await _workspace.BuildAsync("lib");
        _workspace.Recipe("lib", Lib + "do_doc[artifact] = \"${WORKDIR}/doc\"\ndo_doc () {\n    mkdir ${WORKDIR}/doc\n}\naddtask doc after do_install before do_build\n");

        var outcome = await _workspace.BuildAsync("lib:do_doc");

        Assert.Equal(["lib:do_doc"], outcome.With(TaskOutcome.Ran));
        Assert.Equal(["lib:do_compile", "lib:do_install", "lib:do_unpack"], outcome.With(TaskOutcome.UpToDate));
    }

    [Fact]
    public async Task A_deleted_work_directory_is_made_again_from_the_start()
    {
        await _workspace.BuildAsync("lib:do_install");
        FileTree.Delete(_workspace.Work("lib"));

        var outcome = await _workspace.BuildAsync("lib:do_install");

        Assert.Equal(["lib:do_compile", "lib:do_install", "lib:do_unpack"], outcome.With(TaskOutcome.Ran));
    }

    [Fact]
    public async Task What_a_machine_that_went_down_may_have_lost_is_made_again()
    {
        await _workspace.BuildAsync("lib:do_install");
        foreach (var stamp in Directory.GetFiles(_workspace.PathOf("tmp/work/target/lib/1.0.stamps")))
            File.WriteAllText(stamp, File.ReadAllText(stamp).Replace(Boots.Now.Boot, "00000000-1111-2222-3333-444444444444", StringComparison.Ordinal));

        var outcome = await _workspace.BuildAsync("lib:do_install");

        Assert.Equal(["lib:do_compile", "lib:do_install", "lib:do_unpack"], outcome.With(TaskOutcome.Ran));
        Assert.Equal(["lib:do_compile", "lib:do_install", "lib:do_unpack"], (await _workspace.BuildAsync("lib:do_install")).With(TaskOutcome.UpToDate));
    }

    [Fact]
    public async Task A_work_task_as_target_is_up_to_date_the_second_time()
    {
        await _workspace.BuildAsync("app:do_compile");

        var outcome = await _workspace.BuildAsync("app:do_compile");

        Assert.Empty(outcome.With(TaskOutcome.Ran));
        Assert.Equal(["app:do_compile", "app:do_unpack"], outcome.With(TaskOutcome.UpToDate));
        Assert.Equal(["lib:do_sysroot"], outcome.With(TaskOutcome.Restored));
    }

    [Fact]
    public async Task A_dry_run_says_what_would_happen_and_does_nothing()
    {
        await _workspace.BuildAsync("lib");
        _workspace.Options = _workspace.Options with { DryRun = true };

        var outcome = await _workspace.BuildAsync("app");

        Assert.Equal(["app:do_compile", "app:do_install", "app:do_sysroot", "app:do_unpack"], outcome.With(TaskOutcome.Ran));
        Assert.Equal(["lib:do_sysroot"], outcome.With(TaskOutcome.Restored));
        Assert.False(Directory.Exists(_workspace.Work("app")));

        _workspace.Recipe("lib", Lib + "TEXT = \"changed\"\n");
        outcome = await _workspace.BuildAsync("app");
        Assert.Equal(["app:do_compile", "app:do_install", "app:do_sysroot", "app:do_unpack", "lib:do_compile", "lib:do_install", "lib:do_sysroot"],
            outcome.With(TaskOutcome.Ran));
        Assert.Equal(["lib:do_unpack"], outcome.With(TaskOutcome.UpToDate));
    }

    [Fact]
    public async Task Artifacts_of_one_mount_are_seen_as_one_directory_also_those_of_dependencies_of_dependencies()
    {
        _workspace.Recipe("base", "inherit chain\n").Recipe("lib", Lib + "DEPENDS = \"base\"\n");
        _workspace.Recipe("app", "inherit chain\nDEPENDS = \"lib\"\ndo_install:append () {\n    ls /build/sysroot/lib > ${D}/lib/app\n}\n");

        var outcome = await _workspace.BuildAsync("app");

        Assert.Equal("base\nlib\n", File.ReadAllText(_workspace.ArtifactPath(outcome, "app:do_sysroot", "lib/app")));
    }

    [Fact]
    public async Task What_lies_below_a_restored_dependency_is_restored_with_it()
    {
        const string App = "inherit chain\nDEPENDS = \"lib\"\ndo_compile:append () {\n    ls /build/sysroot/lib > lib\n}\n";
        _workspace.Recipe("base", "inherit chain\n").Recipe("lib", Lib + "DEPENDS = \"base\"\n").Recipe("app", App);
        await _workspace.BuildAsync("app");
        _workspace.Recipe("app", App + "do_compile:append () {\n    echo more >> lib\n}\n");

        var outcome = await _workspace.BuildAsync("app");

        Assert.Equal(["base:do_sysroot", "lib:do_sysroot"], outcome.With(TaskOutcome.Restored));
        Assert.Equal("base\nlib\nmore\n", File.ReadAllText(_workspace.ArtifactPath(outcome, "app:do_sysroot", "lib/app")));
    }

    [Fact]
    public async Task What_is_deployed_is_copied_replaced_and_brought_back()
    {
        const string Image = "do_image[artifact] = \"${WORKDIR}/made\"\ndo_image[deploy] = \"images\"\n" +
            "do_image () {\n    mkdir -p ${WORKDIR}/made/tree\n    echo ${TEXT} > ${WORKDIR}/made/tree/file\n    echo x > ${WORKDIR}/made/${TEXT}.img\n}\naddtask image before do_build\n";
        var deployed = _workspace.PathOf("tmp/deploy/images");
        _workspace.Recipe("image", Image + "TEXT = \"one\"\n");
        await _workspace.BuildAsync("image");
        Assert.Equal("one\n", File.ReadAllText(Path.Combine(deployed, "tree/file")));

        _workspace.Recipe("image", Image + "TEXT = \"two\"\n");
        await _workspace.BuildAsync("image");
        Assert.Equal("two\n", File.ReadAllText(Path.Combine(deployed, "tree/file")));
        Assert.Equal(["tree", "two.img"], Directory.GetFileSystemEntries(deployed).Select(e => Path.GetFileName(e)).Order(StringComparer.Ordinal));

        File.Delete(Path.Combine(deployed, "two.img"));
        var outcome = await _workspace.BuildAsync("image");
        Assert.Equal(["image:do_image"], outcome.With(TaskOutcome.Restored));
        Assert.True(File.Exists(Path.Combine(deployed, "two.img")));
    }

    [Fact]
    public async Task The_history_knows_keys_outcomes_and_artifacts()
    {
        var graph = _workspace.Graph("app");
        var outcome = await _workspace.BuildAsync(graph, TestContext.Current.CancellationToken);

        Assert.Equal(graph.Find("app:do_sysroot")!.DeepKey, _workspace.History.LastKey("app:do_sysroot"));
        Assert.Equal(outcome.Artifacts["app:do_sysroot"], _workspace.History.LastRuns()["app:do_sysroot"].Artifact);
        Assert.NotNull(_workspace.History.ExpectedDuration("lib:do_compile"));
    }
}
