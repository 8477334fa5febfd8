using Strata.Core;
using Strata.Graph;

namespace Strata.Tests.Graph;

/// <summary>The scripts of tasks, run by a real shell.</summary>
public sealed class CommandTests : IDisposable
{
    private readonly GraphWorkspace _workspace = new();

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public async Task Functions_are_written_out_as_far_as_they_are_called()
    {
        var (code, lines) = await RunAsync("""
            h1 () {
                echo h1 ${V}
                h2
            }
            h2 () {
                # nothing but a comment
            }
            h3 () {
                echo never
            }
            V = "v"
            do_t () {
                h1
                echo t "$(h4)"
            }
            h4 () {
                echo h4
            }
            """);
        Assert.Equal((0, "h1 v\nt h4"), (code, lines));
        Assert.DoesNotContain("never", Command().Script);
    }

    [Fact]
    public async Task The_environment_is_exactly_the_exported_variables()
    {
        _workspace.Recipe("a", """
            export E1 = "one ${V}"
            V = "v"
            E2 = "no"
            export E3 = 'q"$x`y\\z'
            do_t[exports] = "E4"
            E4 = "four"
            do_t () {
                echo "$E1 [$V$E2] $E3 $E4"
            }
            addtask t before do_build
            """);
        var command = Command();
        Assert.Equal(["E1", "E3", "E4", "PATH"], command.Environment.Keys);
        Assert.Equal("one v", command.Environment["E1"]);
        Assert.Equal((0, "one v [] q\"$x`y\\z four"), await RunAsync(command));
    }

    [Fact]
    public async Task A_failing_command_ends_the_task()
    {
        var (code, lines) = await RunAsync("do_t () {\n    echo 1\n    false || true\n    if false; then :; fi\n    false\n    echo 2\n}");
        Assert.Equal("1", lines);
        Assert.NotEqual(0, code);
    }

    [Fact]
    public async Task The_override_of_the_task_is_in_force_below_all_others()
    {
        var (_, lines) = await RunAsync("""
            X = "base"
            X:task-t = "T"
            Y = "<${X}>"
            Z:task-t = "low"
            Z:pn-a = "high"
            do_t () {
                echo "${X} ${Y} ${Z}"
            }
            """);
        Assert.Equal("T <T> high", lines);
    }

    [Fact]
    public async Task Functions_before_and_after_the_task_run_in_order_and_by_themselves()
    {
        var (_, lines) = await RunAsync("""
            do_t[prefuncs] = "p1 p2"
            do_t[postfuncs] = "q1"
            p1 () {
                echo p1; XX=1
            }
            p2 () {
                echo p2 $XX
            }
            q1 () {
                echo q1
            }
            do_t () {
                echo t $XX
            }
            """);
        Assert.Equal("p1\np2\nt\nq1", lines);
    }

    [Fact]
    public async Task An_unknown_reference_reaches_the_shell()
    {
        var (_, lines) = await RunAsync("do_t () {\n    echo \"[${NOPE}]\"\n}");
        Assert.Equal("[]", lines);
    }

    [Fact]
    public async Task A_Python_task_fails_with_a_message_that_says_what_to_do()
    {
        _workspace.Recipe("a", "python do_t () {\n    pass\n}\naddtask t before do_build");
        var command = Command();
        Assert.Contains("a_1.0.bb:1", command.Script, StringComparison.Ordinal);
        var (code, _) = await RunAsync(command);
        Assert.Equal(1, code);
    }

    [Fact]
    public void Directories_and_the_network_come_from_flags()
    {
        _workspace.Recipe("a", """
            do_t[dirs] = "${WORKDIR}/one ${WORKDIR}/two"
            do_t[cleandirs] = "${WORKDIR}/clean"
            do_t[network] = "1"
            do_t () {
                :
            }
            addtask t before do_build
            """);
        var command = Command();
        Assert.Equal(["/build/work/a-1.0/one", "/build/work/a-1.0/two"], command.Directories);
        Assert.Equal(["/build/work/a-1.0/clean"], command.CleanDirectories);
        Assert.True(command.Network);
    }

    [Fact]
    public async Task A_shell_task_with_a_name_that_no_function_may_have_fails_as_in_BitBake()
    {
        _workspace.Recipe("a", "do_t-x () {\n    echo ok\n}\naddtask t-x before do_build");
        Assert.Equal((127, ""), await RunAsync(_workspace.Graph("a").Find("a:do_t-x")!.Command()));
    }

    private TaskCommand Command() => _workspace.Graph("a").Find("a:do_t")!.Command();

    private async Task<(int Code, string Lines)> RunAsync(string recipe)
    {
        _workspace.Recipe("a", recipe + "\naddtask t before do_build");
        return await RunAsync(Command());
    }

    private async Task<(int Code, string Lines)> RunAsync(TaskCommand command)
    {
        var script = _workspace.PathOf("run.sh");
        File.WriteAllText(script, command.Script);
        var outcome = await ProcessRunner.RunAsync(new() { Command = ["/bin/sh", script], Environment = command.Environment }, CancellationToken.None);
        return (outcome.ExitCode, outcome.Output.Trim());
    }
}
