using System.Collections.Immutable;
using System.Globalization;
using Strata.Core;
using Strata.Execution;

namespace Strata.Tests.Execution;

/// <summary>How much runs at once, and in which order.</summary>
public sealed class ParallelTests : IDisposable
{
    private const string All = "do_build[deptask] = \"do_sysroot\"\n";

    private readonly BuildWorkspace _workspace = new();

    public void Dispose() => _workspace.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task Never_more_tasks_than_jobs_run_at_once_and_never_fewer_than_could(int jobs)
    {
        var (running, most) = (0, 0);
        _workspace.Options = _workspace.Options with { Jobs = jobs };
        _workspace.Builtins = _workspace.Builtins.Add("count", async (_, cancel) =>
        {
            var now = Interlocked.Increment(ref running);
            lock (this) most = Math.Max(most, now);
            await Task.Delay(30, cancel);
            Interlocked.Decrement(ref running);
        });
        Independent(8, "inherit chain\ndo_unpack[builtin] = \"count\"\ndo_compile[noexec] = \"1\"\ndo_install () {\n    mkdir -p ${D}\n}\n");

        Assert.True((await _workspace.BuildAsync("all")).Succeeded);
        Assert.Equal(jobs, most);
    }

    [Fact]
    public async Task Tasks_that_use_the_network_do_not_take_jobs_from_those_that_compute()
    {
        using var both = new Barrier(3);
        _workspace.Options = _workspace.Options with { Jobs = 1, NetworkJobs = 2 };
        _workspace.Builtins = _workspace.Builtins.Add("meet", (_, cancel) => Task.FromResult(both.SignalAndWait(10_000, cancel)
            ? 0 : throw new TimeoutException("the others were not started")));
        Independent(3, "inherit chain\ndo_unpack[builtin] = \"meet\"\n");
        _workspace.Recipe("r0", "inherit chain\ndo_unpack[builtin] = \"meet\"\ndo_unpack[network] = \"1\"\n");
        _workspace.Recipe("r1", "inherit chain\ndo_unpack[builtin] = \"meet\"\ndo_unpack[network] = \"1\"\n");

        Assert.True((await _workspace.BuildAsync("all")).Succeeded, string.Join('\n', _workspace.Events));
    }

    [Fact]
    public void The_longest_chain_goes_first_and_names_decide_between_equals()
    {
        Independent(3, "inherit chain\n");
        _workspace.Recipe("r2", "inherit chain\ndo_long () {\n    :\n}\naddtask long after do_unpack before do_compile\n");
        var graph = _workspace.Graph("all");
        var ready = new ReadyTasks(new(() => CriticalPath.Of(graph, _workspace.History)), new(long.MaxValue, new("/proc")));

        foreach (var name in new[] { "r1:do_unpack", "r2:do_unpack", "r0:do_unpack", "r1:do_install" })
        {
            var node = graph.Find(name)!;
            ready.Add(new(new(node, "/"), node.Command(), [], node.DeepKey, TaskNeeds.Of(node.Command())));
        }

        Assert.Equal(["r2:do_unpack", "r0:do_unpack", "r1:do_unpack", "r1:do_install"],
            Enumerable.Range(0, 4).Select(_ => ready.TakeComputing()!.Directory.Task.Name));
    }

    [Fact]
    public async Task Makes_of_all_tasks_share_the_jobs()
    {
        const string Makefile = """
            inherit chain
            do_compile () {
                printf 'all: 1 2 3 4 5 6\n%%:\n\t@echo + `date +%%s%%N` >> times; sleep 0.1; echo - `date +%%s%%N` >> times\n' > Makefile
                make
                cp times lib
            }
            """;
        _workspace.Options = _workspace.Options with { Jobs = 3 };
        Independent(3, Makefile);

        var outcome = await _workspace.BuildAsync("all");

        Assert.True(outcome.Succeeded, string.Join('\n', _workspace.Events));
        Assert.InRange(MostAtOnce(3), 2, 3);
        Assert.DoesNotContain("warning", File.ReadAllText(_workspace.Work("r0", "temp/log.do_compile")), StringComparison.Ordinal);
    }

    /// <summary>Both tasks speak the protocol of GNU make 4.4: a job of their own, and one more for each byte that they get out of the pipe.</summary>
    [Fact]
    public async Task Jobs_are_shared_through_a_named_pipe_where_make_knows_it()
    {
        const string Client = """
            inherit chain
            DEPENDS = "newer-make"
            PATH = "/build/sysroot/bin:/usr/bin:/bin"
            job () {
                echo + `date +%s%N` >> times
                sleep 0.1
                echo - `date +%s%N` >> times
            }
            do_compile () {
                auth=${MAKEFLAGS##*--jobserver-auth=}
                test $auth = fifo:/build/jobs
                for i in 1 2 3 4 5 6; do
                    ( token=`dd bs=1 count=1 2>/dev/null < ${auth#fifo:}`; job; printf %s "$token" > ${auth#fifo:} ) &
                done
                job
                wait
                cp times lib
            }
            """;
        _workspace.Options = _workspace.Options with { Jobs = 3 };
        _workspace.Recipe("newer-make", "inherit chain\ndo_install:append () {\n    mkdir ${D}/bin\n    echo '--jobserver-style=STYLE' > ${D}/bin/make\n}\n");
        Independent(2, Client);

        var outcome = await _workspace.BuildAsync("all");

        Assert.True(outcome.Succeeded, string.Join('\n', _workspace.Events));
        Assert.InRange(MostAtOnce(2), 2, 3);
        Assert.Empty(Directory.GetFiles(_workspace.PathOf("tmp/sandbox"), "jobs*"));
    }

    [Fact]
    public async Task Tokens_that_a_killed_make_took_with_it_come_back()
    {
        using var server = new JobServer(2, _workspace.PathOf("jobs"));
        server.Refill();
        Assert.True(server.TryTake());
        Assert.True(server.TryTake());
        Assert.False(server.TryTake());

        server.Refill();
        await server.WaitAsync(TestContext.Current.CancellationToken);

        Assert.True(server.TryTake());
        server.GiveBack();
        Assert.True(server.TryTake());
        Assert.True(server.TryTake());
        Assert.False(server.TryTake());
    }

    /// <summary>Both take the same lock, so the second make starts when the first one and the token that it held are dead.</summary>
    [Fact]
    public async Task The_jobs_of_a_make_that_was_killed_are_there_for_the_next_one()
    {
        const string Makefile = """
            inherit chain
            do_compile[resources] = "lock:x TIME"
            do_compile () {
                printf 'all: 1 2 3 4\n%%:\n\t@echo + `date +%%s%%N` >> times; sleep SECONDS; echo - `date +%%s%%N` >> times\n' > Makefile
                make
                cp times lib
            }
            """;
        _workspace.Options = _workspace.Options with { Jobs = 3, KeepGoing = true };
        _workspace.Recipe("killed", Makefile.Replace("TIME", "time:2s", StringComparison.Ordinal).Replace("SECONDS", "1000", StringComparison.Ordinal));
        _workspace.Recipe("r0", Makefile.Replace("TIME", "", StringComparison.Ordinal).Replace("SECONDS", "0.5", StringComparison.Ordinal));
        _workspace.Recipe("all", $"DEPENDS = \"killed r0\"\n{All}");

        var outcome = await _workspace.BuildAsync("all");

        Assert.Equal(["killed:do_compile"], outcome.Failed);
        Assert.Equal(3, File.ReadLines(_workspace.Work("killed", "out/times")).Count());
        Assert.Equal(3, MostAtOnce(1));
    }

    [Fact]
    public async Task The_pipe_that_a_killed_build_left_goes_and_one_in_use_stays()
    {
        var directory = _workspace.PathOf("sandbox");
        using var living = new JobServer(1, directory);
        await ProcessRunner.RunAsync(new() { Command = ["mkfifo", Path.Combine(directory, "jobs.killed-1.tmp")] }, TestContext.Current.CancellationToken);
        Assert.Equal(2, Directory.GetFiles(directory).Length);

        using (new JobServer(1, directory))
        {
            Assert.Equal(2, Directory.GetFiles(directory).Length);
            Assert.False(File.Exists(Path.Combine(directory, "jobs.killed-1.tmp")));
        }
        Assert.Single(Directory.GetFiles(directory));
    }

    [Fact]
    public async Task A_built_in_sees_its_inputs_its_directory_and_a_sandbox()
    {
        InputArtifact? seen = null;
        _workspace.Builtins = _workspace.Builtins.Add("look", async (context, cancel) =>
        {
            seen = Assert.Single(context.Inputs);
            context.Log("before");
            Assert.Equal(0, await context.RunInSandboxAsync(["/bin/sh", "-c", "cat /build/sysroot/lib/lib"], cancel));
            context.Log("after");
            Directory.CreateDirectory(context.HostPath("/build/work/app-1.0/image/lib"));
        });
        _workspace.Recipe("lib", "inherit chain\n").Recipe("app", "inherit chain\nDEPENDS = \"lib\"\ndo_install[builtin] = \"look\"\n");

        var outcome = await _workspace.BuildAsync("app");

        Assert.True(outcome.Succeeded, string.Join('\n', _workspace.Events));
        Assert.Equal(("lib", "do_sysroot", "/build/sysroot"), (seen!.Recipe, seen.Task, seen.Mount));
        Assert.Equal("lib\n", File.ReadAllText(Path.Combine(seen.Path, "lib/lib")));
        Assert.Equal("before\nlib\nafter\n", File.ReadAllText(_workspace.Work("app", "temp/log.do_install")));
    }

    /// <summary>Of the jobs that wrote down when they began and ended.</summary>
    private int MostAtOnce(int recipes)
    {
        var changes = Enumerable.Range(0, recipes).SelectMany(i => File.ReadLines(_workspace.Work($"r{i}", "out/times")))
            .Select(l => l.Split(' ')).Select(l => (At: long.Parse(l[1], CultureInfo.InvariantCulture), By: l[0] == "+" ? 1 : -1))
            .OrderBy(c => c.At).Select(c => c.By);
        var (running, most) = (0, 0);
        foreach (var by in changes) most = Math.Max(most, running += by);
        return most;
    }

    private void Independent(int count, string text)
    {
        var names = Enumerable.Range(0, count).Select(i => $"r{i}").ToImmutableArray();
        foreach (var name in names) _workspace.Recipe(name, text);
        _workspace.Recipe("all", $"DEPENDS = \"{string.Join(' ', names)}\"\n{All}");
    }
}
