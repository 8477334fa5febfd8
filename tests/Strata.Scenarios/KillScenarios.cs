using System.Diagnostics;
using Strata.Core;

namespace Strata.Scenarios;

/// <summary>What is left when a build does not end in order.</summary>
public sealed class KillScenarios(ITestOutputHelper output) : Scenario(output)
{
    private const int Seeds = 50;

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task After_a_kill_at_any_moment_nothing_runs_on_and_the_next_build_is_as_if_nothing_had_happened()
    {
        var workspace = Small();
        (await workspace.Strata("build shell")).Succeeds();
        await Tool.RunAsync("cp", "-a", workspace.PathOf("build/cache"), workspace.PathOf("seed"));
        var clock = Stopwatch.StartNew();
        (await workspace.Strata("build all")).Succeeds();
        var undisturbed = clock.Elapsed;
        var expected = Keys(workspace);
        Assert.True(expected.Length > 6, string.Join('\n', expected));

        for (var seed = 0; seed < Seeds; seed++)
        {
            foreach (var directory in new[] { "build/tmp", "build/cache" }) FileTree.Delete(workspace.PathOf(directory));
            await Tool.RunAsync("cp", "-al", workspace.PathOf("seed"), workspace.PathOf("build/cache"));

            using (var strata = Start(workspace))
            {
                await Task.Delay(new Random(seed).NextDouble() * undisturbed, TestContext.Current.CancellationToken);
                strata.Kill();
                await strata.WaitForExitAsync(TestContext.Current.CancellationToken);
            }
            await NothingRunsIn(workspace.Top);
            (await workspace.Strata("build all")).Succeeds();

            Assert.Equal(expected, Keys(workspace));
        }
        (await workspace.Strata("cache verify")).Succeeds().Prints("0 were damaged");
    }

    [Fact]
    public async Task The_first_interrupt_lets_tasks_end_and_the_second_ends_them()
    {
        var workspace = ShellWorkspace(("slow", "inherit chain\ndo_compile:prepend () {\n    touch ${WORKDIR}/up\n    while [ ! -e ${WORKDIR}/go ]; do sleep 0.1; done\n}\n"));
        (await workspace.Strata("build shell")).Succeeds();
        var (up, go) = (workspace.PathOf("build/tmp/work/slow/1.0/up"), workspace.PathOf("build/tmp/work/slow/1.0/go"));

        using (var strata = Start(workspace, "slow"))
        {
            await Until(() => File.Exists(up));
            await Tool.RunAsync("kill", "-INT", $"{strata.Id}");
            await Task.Delay(1000, TestContext.Current.CancellationToken);   // it must have heard, also on a busy machine
            Assert.False(strata.HasExited);
            File.WriteAllText(go, "");
            await strata.WaitForExitAsync(TestContext.Current.CancellationToken);
            Assert.Equal(130, strata.ExitCode);
        }
        File.Delete(go);
        File.Delete(up);
        workspace.Edit("meta-shell/recipes/slow_1.0.bb", text => text + "TEXT = \"another\"\n");
        using (var strata = Start(workspace, "slow"))
        {
            await Until(() => File.Exists(up));
            await Tool.RunAsync("kill", "-INT", $"{strata.Id}");
            await Tool.RunAsync("kill", "-INT", $"{strata.Id}");
            await strata.WaitForExitAsync(TestContext.Current.CancellationToken);
            Assert.Equal(130, strata.ExitCode);
        }
        await NothingRunsIn(workspace.Top);
    }

    [Theory]
    [InlineData("-KILL")]
    [InlineData("-INT -INT")]
    public async Task A_task_that_was_ended_starts_again_and_none_before_it(string signals)
    {
        var workspace = ShellWorkspace(("slow", """
            inherit chain
            do_compile:prepend () {
                test ! -e ${WORKDIR}/out/half
                touch ${WORKDIR}/out/half ${WORKDIR}/up
                while [ ! -e ${WORKDIR}/go ]; do sleep 0.1; done
            }
            """));
        (await workspace.Strata("build shell")).Succeeds();
        using (var strata = Start(workspace, "slow"))
        {
            await Until(() => File.Exists(workspace.PathOf("build/tmp/work/slow/1.0/up")));
            foreach (var signal in signals.Split(' ')) await Tool.RunAsync("kill", signal, $"{strata.Id}");
            await strata.WaitForExitAsync(TestContext.Current.CancellationToken);
        }
        await NothingRunsIn(workspace.Top);
        File.WriteAllText(workspace.PathOf("build/tmp/work/slow/1.0/go"), "");

        var second = (await workspace.Strata("build slow")).Succeeds();

        Assert.Equal(["slow:do_compile", "slow:do_install", "slow:do_populate_sysroot"], second.RanTasks.Order(StringComparer.Ordinal));
        Assert.Empty(Directory.GetFiles(workspace.PathOf("build/tmp/sandbox"), "jobs.*"));
    }

    [Fact]
    public async Task A_full_disk_fails_the_task_and_the_next_build_goes_on()
    {
        var workspace = Small();
        (await workspace.Strata("build shell")).Succeeds();
        workspace.Edit("meta-shell/recipes/a_1.0.bb", text => text + "do_compile:append () {\n    head -c 30000000 /dev/zero > ${WORKDIR}/out/big\n    rm ${WORKDIR}/out/big\n}\n");

        var failed = await Tool.TryAsync("unshare", "--user", "--map-root-user", "--mount", "sh", "-c",
            $"mkdir -p {workspace.PathOf("build/tmp/work")} && mount -t tmpfs -o size=8m strata {workspace.PathOf("build/tmp/work")} && cd {workspace.Top} && exec {Checkout.Strata} build all");

        Assert.Equal(1, failed.ExitCode);
        Assert.Contains("no space is left in", failed.Output, StringComparison.Ordinal);
        (await workspace.Strata("build all")).Succeeds();
        (await workspace.Strata("history")).Succeeds().Prints("1 failed");
    }

    [Fact]
    public async Task What_was_built_can_be_asked_for()
    {
        var workspace = ShellWorkspace(("talk", "inherit chain\ndo_compile:append () {\n    echo hello from the task\n}\n"));
        (await workspace.Strata("build talk --max-memory 4G --trace trace.json")).Succeeds();

        (await workspace.Strata("log talk:compile")).Succeeds().Prints("hello from the task");
        (await workspace.Strata("log talk")).FailsWith(2).Prints("STR1033").Prints("did you mean");
        (await workspace.Strata("history")).Succeeds().Prints("6 ran");
        (await workspace.Strata("history 1")).Succeeds().Prints("talk:do_compile");
        (await workspace.Strata("history 7")).FailsWith(2).Prints("STR1032");
        (await workspace.Strata("report -o page.html")).Succeeds();
        Assert.Contains("talk:do_compile", File.ReadAllText(workspace.PathOf("page.html")), StringComparison.Ordinal);
        Assert.Contains("\"talk:do_compile\"", File.ReadAllText(workspace.PathOf("trace.json")), StringComparison.Ordinal);
        (await workspace.Strata("build talk --max-memory lots")).FailsWith(2).Prints("STR1031");
    }

    private ScenarioWorkspace Small() => ShellWorkspace(
        ("a", "inherit chain\n"),
        ("b", "inherit chain\nDEPENDS = \"a\"\ndo_compile:append () {\n    (setsid sleep 20 &)\n    sleep 0.02\n}\n"),
        ("c", "inherit chain\nDEPENDS = \"a\"\n"),
        ("all", "DEPENDS = \"a b c\"\ndo_build[deptask] = \"do_populate_sysroot\"\n"));

    /// <summary>With an ear for Ctrl-C: a shell takes it from what it starts in the background, which can be these tests.</summary>
    private static Process Start(ScenarioWorkspace workspace, string target = "all") => Process.Start(
        new ProcessStartInfo("env", ["--default-signal=INT", Checkout.Strata, "build", target]) { RedirectStandardOutput = false, WorkingDirectory = workspace.Top })!;

    /// <summary>A kill between writing and renaming leaves a name that no key has, which a store does not see and <c>cache gc</c> sweeps.</summary>
    private static string[] Keys(ScenarioWorkspace workspace) =>
        [.. Directory.EnumerateFiles(workspace.PathOf("build/cache/keys"), "*", SearchOption.AllDirectories).Where(f => !f.EndsWith(".tmp", StringComparison.Ordinal)).Order(StringComparer.Ordinal)
            .Select(f => $"{Path.GetFileName(f)} {File.ReadAllText(f)}")];

    private static async Task NothingRunsIn(string top)
    {
        await Until(() => Processes(top).Length == 0);
        Assert.Empty(Processes(top));
    }

    private static async Task Until(Func<bool> holds)
    {
        for (var clock = Stopwatch.StartNew(); !holds() && clock.Elapsed < s_patience;) await Task.Delay(20, TestContext.Current.CancellationToken);
    }

    /// <summary>Processes that name the workspace, or whose mounts do: what runs in a sandbox sees its work directory from there.</summary>
    private static string[] Processes(string top) =>
        [.. Directory.EnumerateDirectories("/proc").Where(d => char.IsAsciiDigit(Path.GetFileName(d)[0]) && (Says(d, "cmdline", top) || Says(d, "mountinfo", top)))];

    private static bool Says(string process, string file, string top)
    {
        try
        {
            return File.ReadAllText(Path.Combine(process, file)).Contains(top, StringComparison.Ordinal);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
