using Strata.Core;
using Strata.Execution;

namespace Strata.Tests.Execution;

/// <summary>Every way in which a task can go wrong ends in a defined state, with a message that says what to do.</summary>
public sealed class FailureTests : IDisposable
{
    private readonly BuildWorkspace _workspace = new();

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public async Task A_failing_task_tells_its_place_its_log_and_its_last_lines()
    {
        _workspace.Recipe("lib", "inherit chain\ndo_compile () {\n    seq 1 30\n    echo broken >&2\n    exit 3\n}\n");

        var outcome = await _workspace.BuildAsync("lib");

        Assert.False(outcome.Succeeded);
        Assert.Equal(["lib:do_compile"], outcome.Failed);
        Assert.Equal(["lib:do_install", "lib:do_sysroot"], outcome.Skipped);
        var finding = Assert.Single(_workspace.Events.OfType<DiagnosticReported>()).Diagnostic;
        Assert.Equal("STR5101", finding.Rule.Code);
        Assert.EndsWith("lib_1.0.bb", finding.Place.File, StringComparison.Ordinal);
        Assert.Contains("lib:do_compile failed with exit code 3", finding.Message, StringComparison.Ordinal);
        var finished = _workspace.Events.OfType<TaskFinished>().Single(e => e.Outcome == TaskOutcome.Failed);
        Assert.Equal(_workspace.Work("lib", "temp/log.do_compile"), finished.LogFile);
        Assert.StartsWith("12\n", finished.LastLines, StringComparison.Ordinal);
        Assert.EndsWith("30\nbroken", finished.LastLines, StringComparison.Ordinal);
        Assert.IsType<BuildFinished>(_workspace.Events[^1]);
    }

    [Fact]
    public async Task After_a_failure_nothing_new_starts_unless_asked_to_keep_going()
    {
        _workspace.Options = _workspace.Options with { Jobs = 1 };
        _workspace.Recipe("bad", "inherit chain\ndo_unpack () {\n    exit 1\n}\n").Recipe("good", "inherit chain\n")
            .Recipe("all", "DEPENDS = \"bad good\"\ndo_build[deptask] = \"do_sysroot\"\n");

        var outcome = await _workspace.BuildAsync("all");
        Assert.Equal(["bad:do_unpack"], outcome.Failed);
        Assert.DoesNotContain("good:do_sysroot", outcome.Tasks.Keys);

        _workspace.Options = _workspace.Options with { KeepGoing = true };
        outcome = await _workspace.BuildAsync("all");
        Assert.Equal(["bad:do_unpack"], outcome.Failed);
        Assert.Equal(["bad:do_compile", "bad:do_install", "bad:do_sysroot"], outcome.Skipped);
        Assert.Contains("good:do_sysroot", outcome.With(TaskOutcome.Ran));
    }

    [Fact]
    public async Task A_task_that_failed_half_way_starts_again_in_clean_directories()
    {
        var flag = _workspace.PathOf("tmp/work/target/lib/1.0/flag");
        _workspace.Recipe("lib", "inherit chain\ndo_compile () {\n    test ! -e half\n    touch half\n    test -e ${WORKDIR}/flag\n    echo x > lib\n}\n");
        Assert.Equal(["lib:do_compile"], (await _workspace.BuildAsync("lib")).Failed);
        File.WriteAllText(flag, "");

        var outcome = await _workspace.BuildAsync("lib");

        Assert.True(outcome.Succeeded);
        Assert.Equal(["lib:do_unpack"], outcome.With(TaskOutcome.UpToDate));
    }

    [Fact]
    public async Task A_cached_task_without_its_directory_fails_with_the_name_of_the_flag()
    {
        _workspace.Recipe("lib", "inherit chain\ndo_sysroot () {\n    :\n}\n");

        await _workspace.BuildAsync("lib");

        var finding = Assert.Single(_workspace.Events.OfType<DiagnosticReported>()).Diagnostic;
        Assert.Equal("STR5102", finding.Rule.Code);
        Assert.Contains("do_sysroot[artifact]", finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_leftover_of_a_failed_run_does_not_get_into_the_artifact()
    {
        _workspace.Recipe("lib", "inherit chain\n");
        Directory.CreateDirectory(_workspace.Work("lib", "sysroot/left"));

        var outcome = await _workspace.BuildAsync("lib");

        Assert.False(Directory.Exists(_workspace.ArtifactPath(outcome, "lib:do_sysroot", "left")));
        Assert.False(Directory.Exists(_workspace.ArtifactPath(outcome, "lib:do_sysroot", "image")));
    }

    [Fact]
    public async Task A_directory_outside_of_the_work_directory_is_refused()
    {
        _workspace.Recipe("lib", "inherit chain\ndo_unpack[cleandirs] = \"/home\"\n");

        await _workspace.BuildAsync("lib");

        Assert.Equal(["STR5104"], _workspace.Codes);
        Assert.True(Directory.Exists("/home"));
    }

    [Fact]
    public async Task A_link_that_leads_out_of_the_work_directory_is_not_followed_when_directories_are_emptied()
    {
        var precious = _workspace.PathOf("precious/inner");
        Directory.CreateDirectory(precious);
        Directory.CreateDirectory(_workspace.Work("lib"));
        File.CreateSymbolicLink(_workspace.Work("lib", "way"), _workspace.PathOf("precious"));
        _workspace.Recipe("lib", "inherit chain\ndo_unpack[cleandirs] = \"${WORKDIR}/way/inner\"\n");

        await _workspace.BuildAsync("lib");

        Assert.Equal(["STR5104"], _workspace.Codes);
        Assert.True(Directory.Exists(precious));
    }

    [Fact]
    public async Task A_bug_in_a_built_in_fails_its_task_and_is_shown()
    {
        _workspace.Builtins = _workspace.Builtins.Add("buggy", (_, _) => throw new InvalidOperationException("oops"));
        _workspace.Recipe("lib", "inherit chain\ndo_unpack[builtin] = \"buggy\"\n");

        var outcome = await _workspace.BuildAsync("lib");

        Assert.Equal(["lib:do_unpack"], outcome.Failed);
        Assert.Equal(["STR5106"], _workspace.Codes);
        Assert.Contains("oops", Assert.Single(_workspace.Events.OfType<InternalError>()).Details, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_built_in_gets_a_suggestion()
    {
        _workspace.Builtins = _workspace.Builtins.Add("unpack", (_, _) => Task.CompletedTask);
        _workspace.Recipe("lib", "inherit chain\ndo_unpack[builtin] = \"unpak\"\n");

        await _workspace.BuildAsync("lib");

        var finding = Assert.Single(_workspace.Events.OfType<DiagnosticReported>()).Diagnostic;
        Assert.Equal(("STR5103", "did you mean do_unpack[builtin] = \"unpack\"?"), (finding.Rule.Code, finding.Hint));
    }

    [Fact]
    public async Task Cancelling_kills_what_runs_and_the_next_build_goes_on_from_there()
    {
        using var cancel = new CancellationTokenSource();
        _workspace.Recipe("lib", "inherit chain\ndo_install () {\n    if test ! -e ${WORKDIR}/again; then touch ${WORKDIR}/again; sleep 1000; fi\n    mkdir -p ${D}/lib\n}\n");
        var build = _workspace.BuildAsync(_workspace.Graph("lib"), cancel.Token);
        while (!build.IsCompleted && !File.Exists(_workspace.Work("lib", "again"))) await Task.Delay(5);

        await cancel.CancelAsync();
        var outcome = await build;

        Assert.True(outcome.Cancelled);
        Assert.Equal(["lib:do_install"], outcome.With(TaskOutcome.Cancelled));
        Assert.Empty(outcome.Failed);
        outcome = await _workspace.BuildAsync("lib");
        Assert.Equal(["lib:do_install", "lib:do_sysroot"], outcome.With(TaskOutcome.Ran));
        Assert.Equal(["lib:do_compile", "lib:do_unpack"], outcome.With(TaskOutcome.UpToDate));
    }

    [Fact]
    public async Task Two_builds_in_one_workspace_do_not_run_the_same_recipe()
    {
        _workspace.Recipe("lib", "inherit chain\ndo_compile:append () {\n    sleep 0.5\n}\n");
        var announced = new List<string>();
        var graph = _workspace.Graph("lib");
        var builds = Enumerable.Range(0, 2).Select(_ =>
        {
            var events = new EventStream();
            events.Subscribe(e => { if (e is Announced a) announced.Add(a.Text); });
            return new BuildRunner(_workspace.Options, _workspace.Store, _workspace.History, _workspace.Builtins, events)
                .RunAsync(graph, TestContext.Current.CancellationToken);
        });

        var outcomes = await Task.WhenAll(builds);

        Assert.All(outcomes, o => Assert.True(o.Succeeded));
        Assert.Equal(1, outcomes.Count(o => o.With(TaskOutcome.Ran).Contains("lib:do_sysroot")));
        Assert.Equal(1, outcomes.Count(o => o.With(TaskOutcome.Restored).Contains("lib:do_sysroot")));
        Assert.Contains("waiting for another strata that works on lib", Assert.Single(announced), StringComparison.Ordinal);
    }
}
