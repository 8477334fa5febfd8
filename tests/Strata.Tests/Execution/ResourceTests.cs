using System.Collections.Immutable;
using Strata.Core;
using Strata.Execution;
using Strata.Graph;

namespace Strata.Tests.Execution;

/// <summary>What tasks take from each other, and what they may take at all.</summary>
public sealed class ResourceTests : IDisposable
{
    private readonly BuildWorkspace _workspace = new();

    public void Dispose() => _workspace.Dispose();

    [Theory]
    [InlineData("do_unpack[lockfiles] = \"/locks/x\"", 1)]
    [InlineData("do_unpack[resources] = \"lock:x\"", 1)]
    [InlineData("do_unpack[resources] = \"memory:3G\"", 1)]
    [InlineData("do_unpack[resources] = \"memory:2G\"", 2)]
    [InlineData("do_unpack[resources] = \"memory:9G\"", 1)]
    public async Task Tasks_that_need_the_same_wait_for_each_other(string flag, int together)
    {
        var (running, most) = (0, 0);
        _workspace.Options = _workspace.Options with { Jobs = 4, MaxMemory = 5L << 30 };
        _workspace.Builtins = _workspace.Builtins.Add("count", async (_, cancel) =>
        {
            var now = Interlocked.Increment(ref running);
            lock (this) most = Math.Max(most, now);
            await Task.Delay(50, cancel);
            Interlocked.Decrement(ref running);
        });
        var names = Enumerable.Range(0, 4).Select(i => $"r{i}").ToArray();
        foreach (var name in names)
            _workspace.Recipe(name, $"inherit chain\ndo_unpack[builtin] = \"count\"\n{flag}\ndo_compile[noexec] = \"1\"\ndo_install () {{\n    mkdir -p ${{D}}\n}}\n");
        _workspace.Recipe("all", $"DEPENDS = \"{string.Join(' ', names)}\"\ndo_build[deptask] = \"do_sysroot\"\n");

        Assert.True((await _workspace.BuildAsync("all")).Succeeded, string.Join('\n', _workspace.Events));
        Assert.Equal(together, most);
    }

    [Fact]
    public async Task A_word_that_means_nothing_is_told_with_an_example()
    {
        _workspace.Recipe("lib", "inherit chain\ndo_unpack[resources] = \"ram:2G\"\n");

        await _workspace.BuildAsync("lib");

        Assert.Equal(["STR5108"], _workspace.Codes);
        Assert.Contains("'ram:2G' in do_unpack[resources]", _workspace.Events.OfType<DiagnosticReported>().Single().Diagnostic.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("memory:512M lock:b lock:a time:90m", 512L << 20, "a b", 5400)]
    [InlineData("memory:1000 time:3s", 1000, "", 3)]
    public void Needs_are_read_from_words(string words, long memory, string locks, int seconds)
    {
        var needs = TaskNeeds.Of(Command(words));

        Assert.Equal((memory, locks, TimeSpan.FromSeconds(seconds)), (needs.Memory, string.Join(' ', needs.Locks), needs.TimeLimit));
    }

    [Fact]
    public async Task What_a_task_took_before_counts_where_nothing_is_said_about_memory()
    {
        const string Greedy = "inherit chain\ndo_compile:append () {\n    head -c 60000000 /dev/zero | tail -c 50000000 > /dev/null\n}\n";
        _workspace.Recipe("lib", Greedy);
        await _workspace.BuildAsync("lib");
        var peak = _workspace.History.ExpectedMemory("lib:do_compile");

        Assert.InRange(peak, 40_000_000, 400_000_000);
        Assert.Equal(0, _workspace.History.ExpectedMemory("lib:do_image"));
        Assert.Equal(peak, TaskNeeds.Of(Command("lock:x"), peak).Memory);
        Assert.Equal(1000, TaskNeeds.Of(Command("memory:1000"), peak).Memory);
    }

    [Theory]
    [InlineData("memory:")]
    [InlineData("memory:-1G")]
    [InlineData("memory:9999999999999T")]
    [InlineData("max-memory:none")]
    [InlineData("max-processes:0")]
    [InlineData("time:5")]
    [InlineData("time:0s")]
    [InlineData("lock:")]
    [InlineData("cpu")]
    public void Other_words_are_refused(string word) => Assert.Equal(word, Assert.Throws<FormatException>(() => TaskNeeds.Of(Command(word))).Message);

    [Theory]
    [InlineData(50_000, "1.00", false)]
    [InlineData(4_000, "1.00", true)]
    [InlineData(50_000, "40.10", true)]
    public void A_machine_is_short_when_little_is_left_or_processes_wait_for_memory(int available, string pressure, bool isShort)
    {
        Directory.CreateDirectory(_workspace.PathOf("proc/pressure"));
        File.WriteAllText(_workspace.PathOf("proc/meminfo"), $"MemTotal:       100000 kB\nMemFree:           10 kB\nMemAvailable:   {available} kB\n");
        File.WriteAllText(_workspace.PathOf("proc/pressure/memory"), $"some avg10={pressure} avg60=0.00 avg300=0.00 total=1\nfull avg10=0.00\n");
        var machine = new MachineMemory(_workspace.PathOf("proc"));
        var pool = new ResourcePool(long.MaxValue, machine);

        Assert.Equal(isShort, machine.IsShort);
        Assert.False(pool.IsFull);                  // something must run, or nothing would ever end
        Assert.True(pool.TryTake(new(0, [], null)));
        Assert.Equal(isShort, pool.IsFull);
    }

    [Fact]
    public void A_kernel_that_does_not_tell_is_not_short() => Assert.False(new MachineMemory(_workspace.PathOf("none")).IsShort);

    [Fact]
    public async Task A_task_that_takes_too_long_is_ended_even_if_it_ignores_signals()
    {
        _workspace.Recipe("lib", "inherit chain\ndo_compile[resources] = \"time:1s\"\ndo_compile () {\n    trap '' TERM INT HUP\n    while :; do sleep 100; done\n}\n");

        Assert.Equal(["lib:do_compile"], (await _workspace.BuildAsync("lib")).Failed);
        Assert.Equal(["STR5109"], _workspace.Codes);
    }

    [Fact]
    public async Task A_task_that_fills_its_log_is_ended_and_the_log_has_an_end()
    {
        _workspace.Options = _workspace.Options with { MaxLog = 100_000 };
        _workspace.Recipe("lib", "inherit chain\ndo_compile () {\n    while :; do echo again; done\n}\n");

        Assert.Equal(["lib:do_compile"], (await _workspace.BuildAsync("lib")).Failed);

        Assert.Equal(["STR5110"], _workspace.Codes);
        var log = File.ReadAllText(_workspace.Work("lib", "temp/log.do_compile"));
        Assert.InRange(log.Length, 100_000, 100_200);
        Assert.EndsWith("[strata cut this log here, after 100000 bytes, and ended the task]\n", log, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("exec >&- 2>&- <&-")]
    [InlineData("(setsid sleep 1000 >/dev/null 2>&1 </dev/null &)")]
    [InlineData("(setsid sh -c 'trap \"\" TERM; while :; do sleep 100; done' >/dev/null 2>&1 &)")]
    public async Task A_task_may_close_its_output_and_leave_daemons(string trick)
    {
        _workspace.Recipe("lib", $"inherit chain\ndo_compile:append () {{\n    {trick}\n}}\n");

        Assert.True((await _workspace.BuildAsync("lib")).Succeeded, string.Join('\n', _workspace.Events));
    }

    [Fact]
    public async Task A_task_that_deletes_its_work_directory_fails_and_the_next_build_is_well()
    {
        _workspace.Recipe("lib", "inherit chain\ndo_compile:append () {\n    rm -rf /build/work/lib-1.0/* /build/work/lib-1.0/.[!.]*\n}\n");
        var outcome = await _workspace.BuildAsync("lib");
        Assert.Equal(["lib:do_install"], outcome.Failed);

        _workspace.Recipe("lib", "inherit chain\n");
        Assert.True((await _workspace.BuildAsync("lib")).Succeeded, string.Join('\n', _workspace.Events));
    }

    [Fact]
    public async Task A_gentle_stop_lets_what_runs_end_and_starts_nothing_else()
    {
        using var stop = new CancellationTokenSource();
        _workspace.Options = _workspace.Options with { Stop = stop.Token };
        _workspace.Recipe("lib", "inherit chain\ndo_compile:prepend () {\n    touch ${WORKDIR}/up\n    while [ ! -e ${WORKDIR}/go ]; do sleep 0.05; done\n}\n");
        var build = _workspace.BuildAsync("lib");
        while (!build.IsCompleted && !File.Exists(_workspace.Work("lib", "up"))) await Task.Delay(5);

        await stop.CancelAsync();
        Assert.False(build.IsCompleted);
        File.WriteAllText(_workspace.Work("lib", "go"), "");
        var outcome = await build;

        Assert.True(outcome.Cancelled);
        Assert.Equal(["lib:do_compile", "lib:do_unpack"], outcome.With(TaskOutcome.Ran));
        Assert.DoesNotContain("lib:do_install", outcome.Tasks.Keys);
    }

    [Fact]
    public async Task The_history_knows_what_a_task_took_and_its_log_stays_when_it_runs_again()
    {
        const string Text = "inherit chain\ndo_compile:append () {\n    echo said {0}\n    i=0; while [ $i -lt 100000 ]; do i=$((i+1)); done\n}\n";
        _workspace.Recipe("lib", Text.Replace("{0}", "once", StringComparison.Ordinal));
        var first = await _workspace.BuildAsync("lib");
        _workspace.Recipe("lib", Text.Replace("{0}", "twice", StringComparison.Ordinal));
        var second = await _workspace.BuildAsync("lib");

        var run = _workspace.History.RunsOf(first.Build).Single(r => r.Task == "lib:do_compile");
        Assert.InRange(run.Usage.Cpu.TotalSeconds, 0.005, 10);
        Assert.InRange(run.Usage.PeakMemory, 100_000, 100_000_000);
        var logs = KeptLogs.DirectoryIn(_workspace.Options.TempDirectory);
        Assert.Equal("said once\n", File.ReadAllText(new KeptLogs(logs, first.Build).Find("lib:do_compile")!));
        Assert.Equal("said twice\n", File.ReadAllText(new KeptLogs(logs, second.Build).Find("lib:do_compile")!));
        Assert.Equal([(second.Build, true), (first.Build, true)], _workspace.History.Builds(5).Select(b => (b.Id, b.Ended)));
    }

    [Fact]
    public void A_build_that_did_not_end_is_remembered()
    {
        var id = _workspace.History.Begin(DateTimeOffset.UnixEpoch, ["image"]);

        var build = Assert.Single(_workspace.History.Builds(5));
        Assert.Equal((id, false), (build.Id, build.Ended));
    }

    private static TaskCommand Command(string resources) => new()
    {
        Script = "",
        Environment = ImmutableSortedDictionary<string, string>.Empty,
        Resources = [.. resources.Split(' ')],
    };

    [Theory]
    [InlineData("max-memory:20M", "(head -c 60000000 /dev/zero; sleep 600) | tail -c 50000000 | wc -c", "STR5111", "allowed 20 MB")]
    [InlineData("max-processes:10", "for i in $(seq 20); do sleep 600 & done; wait", "STR5112", "allowed 10")]
    public async Task A_task_beyond_its_limit_is_ended_with_the_limit_in_the_message(string resources, string script, string code, string text)
    {
        _workspace.Recipe("lib", $"inherit chain\ndo_compile[resources] = \"{resources}\"\ndo_compile () {{\n    {script}\n}}\n");

        Assert.Equal(["lib:do_compile"], (await _workspace.BuildAsync("lib")).Failed);

        var finding = Assert.Single(_workspace.Events.OfType<DiagnosticReported>()).Diagnostic;
        Assert.Equal(code, finding.Rule.Code);
        Assert.Contains(text, finding.Message, StringComparison.Ordinal);
        Assert.Contains("do_compile[resources]", finding.Hint, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_task_within_its_limits_runs_to_its_end()
    {
        _workspace.Recipe("lib", "inherit chain\ndo_compile[resources] = \"max-memory:2G max-processes:50\"\ndo_compile () {\n    sleep 1.2\n    echo done > lib\n}\n");

        Assert.True((await _workspace.BuildAsync("lib")).Succeeded, string.Join('\n', _workspace.Events));
    }
}
