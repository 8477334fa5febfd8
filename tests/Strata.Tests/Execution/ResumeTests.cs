using Strata.Core;
using Strata.Execution;

namespace Strata.Tests.Execution;

/// <summary>What was done stays done when a later task of the same recipe is interrupted, and nothing half done is built upon.</summary>
public sealed class ResumeTests : IDisposable
{
    /// <summary>A recipe whose do_compile adds to the directory that do_configure made, and refuses what another run of it left there.</summary>
    private const string Recipe = """
        B = "${WORKDIR}/build"
        D = "${WORKDIR}/image"
        do_unpack[cleandirs] = "${WORKDIR}/src"
        do_unpack () {
            echo source > ${WORKDIR}/src/text
        }
        addtask unpack
        do_configure[cleandirs] = "${B}"
        do_configure () {
            mkdir ${B}/sub
            echo 1 > ${B}/sub/state
            ln ${B}/sub/state ${B}/twin
            ln -s sub/state ${B}/link
            touch -d @1000000000 ${B}/sub/state
        }
        addtask configure after do_unpack
        do_compile () {
            test `cat ${B}/sub/state` = 1
            test ! -e ${B}/half
            echo 2 > ${B}/sub/state
            touch ${B}/half
            if test ! -e ${WORKDIR}/go; then touch ${WORKDIR}/up; HALF; fi
            stat -c '%Y %h' ${B}/sub/state > ${B}/seen
        }
        addtask compile after do_configure
        do_install[cleandirs] = "${D}"
        do_install () {
            cp ${B}/sub/state ${D}/state
        }
        addtask install after do_compile
        do_sysroot[artifact] = "${WORKDIR}/sysroot"
        do_sysroot () {
            cp -R ${D} ${WORKDIR}/sysroot
        }
        addtask sysroot after do_install before do_build
        """;

    private readonly BuildWorkspace _workspace = new();

    private string Saved => _workspace.PathOf("tmp/work/target/lib/1.0.saved/do_compile");

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public async Task An_interrupted_task_starts_again_from_the_state_before_it_and_nothing_before_it_runs_again()
    {
        Interrupted();
        await InterruptAsync();
        await InterruptAsync();                     // what is restored can be interrupted, too

        var outcome = await GoOnAsync();

        Assert.Equal(["lib:do_compile", "lib:do_install", "lib:do_sysroot"], outcome.With(TaskOutcome.Ran));
        Assert.Equal(["lib:do_configure", "lib:do_unpack"], outcome.With(TaskOutcome.UpToDate));
        Assert.Equal("2\n", File.ReadAllText(_workspace.ArtifactPath(outcome, "lib:do_sysroot", "state")));
        Assert.False(Directory.Exists(Saved));
        Assert.Equal(["lib:do_sysroot"], (await _workspace.BuildAsync("lib")).With(TaskOutcome.Restored));
    }

    [Fact]
    public async Task Times_and_links_come_back_with_the_state()
    {
        _workspace.Recipe("lib", Recipe.Replace("HALF", "false", StringComparison.Ordinal).Replace("echo 2 > ${B}/sub/state", "touch ${B}/sub/other", StringComparison.Ordinal));
        Assert.Equal(["lib:do_compile"], (await _workspace.BuildAsync("lib")).Failed);

        Assert.True((await GoOnAsync()).Succeeded);

        Assert.Equal("1000000000 2\n", File.ReadAllText(_workspace.Work("lib", "build/seen")));
        Assert.Equal("sub/state", new FileInfo(_workspace.Work("lib", "build/link")).LinkTarget);
    }

    [Fact]
    public async Task A_failed_task_that_is_mended_needs_nothing_before_it_again()
    {
        _workspace.Recipe("lib", Recipe.Replace("HALF", "false", StringComparison.Ordinal));
        Assert.Equal(["lib:do_compile"], (await _workspace.BuildAsync("lib")).Failed);

        _workspace.Recipe("lib", Recipe.Replace("HALF", "true", StringComparison.Ordinal));

        Assert.Equal(["lib:do_compile", "lib:do_install", "lib:do_sysroot"], (await _workspace.BuildAsync("lib")).With(TaskOutcome.Ran));
    }

    [Fact]
    public async Task Without_a_complete_copy_everything_since_the_directories_were_emptied_runs_again()
    {
        Interrupted();
        await InterruptAsync();
        File.Delete(Path.Combine(Saved, "complete"));

        Assert.Equal(["lib:do_compile", "lib:do_configure", "lib:do_install", "lib:do_sysroot"], (await GoOnAsync()).With(TaskOutcome.Ran));
    }

    [Fact]
    public async Task An_old_copy_is_of_no_use_when_something_before_the_task_has_changed()
    {
        Interrupted();
        await InterruptAsync();
        _workspace.Recipe("lib", Text().Replace("mkdir ${B}/sub", "mkdir ${B}/sub ${B}/more", StringComparison.Ordinal));
        await InterruptAsync();
        Assert.True(Directory.Exists(Path.Combine(Saved, "0/build/more")));

        Assert.Equal(["lib:do_compile", "lib:do_install", "lib:do_sysroot"], (await GoOnAsync()).With(TaskOutcome.Ran));
    }

    [Fact]
    public async Task What_another_task_may_have_changed_meanwhile_is_not_taken_back()
    {
        const string Other = "\ndo_other () {\n    echo 9 > ${B}/other\n}\naddtask other after do_configure\n";
        _workspace.Recipe("lib", Text() + Other);
        await InterruptAsync();
        Assert.Equal(["lib:do_other"], (await _workspace.BuildAsync("lib:do_other")).With(TaskOutcome.Ran));

        Assert.Contains("lib:do_configure", (await GoOnAsync()).With(TaskOutcome.Ran));
    }

    private static string Text() => Recipe.Replace("HALF", "sleep 1000", StringComparison.Ordinal);

    private void Interrupted() => _workspace.Recipe("lib", Text());

    private async Task InterruptAsync()
    {
        var up = _workspace.Work("lib", "up");
        if (File.Exists(up)) File.Delete(up);
        using var cancel = new CancellationTokenSource();
        var build = _workspace.BuildAsync(_workspace.Graph("lib"), cancel.Token);
        while (!build.IsCompleted && !File.Exists(up)) await Task.Delay(5, TestContext.Current.CancellationToken);
        await cancel.CancelAsync();
        Assert.Equal(["lib:do_compile"], (await build).With(TaskOutcome.Cancelled));
    }

    private Task<BuildOutcome> GoOnAsync()
    {
        File.WriteAllText(_workspace.Work("lib", "go"), "");
        return _workspace.BuildAsync("lib");
    }
}
