using Strata.Core;

namespace Strata.Scenarios;

/// <summary><c>strata shell</c> is the sandbox of a task: what it shows is what the task sees.</summary>
public sealed class ShellScenarios(ITestOutputHelper output) : Scenario(output)
{
    /// <summary>Two recipes, the second with the first in its sysroot.</summary>
    private ScenarioWorkspace TwoRecipes() => ShellWorkspace(
        ("lib", "inherit chain\n"),
        ("app", "inherit chain\nDEPENDS = \"lib\"\nexport COLOUR = \"blue\"\n"));

    [Fact]
    public async Task A_command_sees_the_files_and_the_environment_of_the_task_after_what_comes_before_was_built()
    {
        var workspace = TwoRecipes();
        workspace.Environment["HOST_SECRET"] = "visible";

        var run = (await workspace.Command("shell", "app", "--command", "ls /build/sysroot; echo $COLOUR; cat out/config; pwd; env")).Succeeds();

        run.Prints("lib\n").Prints("blue\n").Prints("configured\n").Prints("/build/work/app-1.0\n");
        Assert.DoesNotContain("HOST_SECRET", run.Text, StringComparison.Ordinal);
        Assert.Contains("app:do_configure", run.RanTasks);
        Assert.DoesNotContain("app:do_compile", run.RanTasks);
    }

    [Fact]
    public async Task The_exit_code_of_the_command_is_that_of_strata() =>
        (await TwoRecipes().Command("shell", "lib", "--task", "install", "--command", "exit 7")).FailsWith(7);

    [Fact]
    public async Task On_a_terminal_the_prompt_names_the_task_and_the_script_of_the_task_is_at_hand()
    {
        var workspace = TwoRecipes();

        var outcome = await ProcessRunner.RunAsync(new()
        {
            Command = ["script", "--quiet", "--return", "--command", $"{Checkout.Strata} -C {workspace.Top} shell app", "/dev/null"],
            WriteInput = input => input.Write("test -t 0 && echo terminal=$((40+2))\nsh -e temp/run.do_compile; cat out/lib\nexit 5\n"u8),
        }, TestContext.Current.CancellationToken);

        Assert.True(outcome.ExitCode == 5, outcome.Output + outcome.Error);
        Assert.Contains("[strata app:do_compile] /build/work/app-1.0 $ ", outcome.Output, StringComparison.Ordinal);
        Assert.Contains("terminal=42", outcome.Output, StringComparison.Ordinal);
        Assert.Contains("compiled app", outcome.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("job control", outcome.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_changed_by_hand_gets_into_no_artifact()
    {
        var workspace = TwoRecipes();

        (await workspace.Command("shell", "app", "--command", "echo tampered > src/text")).Succeeds();
        var build = (await workspace.Strata("build app")).Succeeds();

        Assert.Contains("app:do_unpack", build.RanTasks);
        Assert.Equal("compiled app\n", File.ReadAllText(workspace.PathOf("build/tmp/work/app/1.0/image/app")));
    }

    [Fact]
    public async Task After_a_failure_the_work_directory_is_as_the_task_left_it()
    {
        var workspace = ShellWorkspace(("app", "inherit chain\ndo_compile () {\n    echo half > half-made\n    false\n}\n"));
        (await workspace.Strata("build app")).FailsWith(1);

        (await workspace.Command("shell", "app", "--command", "cat half-made")).Succeeds().Prints("half\n");
    }
}
