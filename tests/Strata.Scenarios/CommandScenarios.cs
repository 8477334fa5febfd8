using System.Text.Json;
using Strata.Core;

namespace Strata.Scenarios;

/// <summary>Commands as a user meets them: a product from nothing, a build in a terminal, a build watched by a program.</summary>
public sealed class CommandScenarios(ITestOutputHelper output) : Scenario(output)
{
    private readonly ITestOutputHelper _output = output;

    [Fact]
    public async Task A_new_product_builds_at_once_and_its_CI_script_says_what_is_still_to_do()
    {
        var directory = TemporaryDirectory();
        (await new ScenarioWorkspace(directory, _output).Strata($"init gateway -C {Checkout.Path("build")}")).Succeeds();
        var made = Checkout.Path("build/gateway");
        try
        {
            await SeedStore.CopyToAsync(Path.Combine(made, "build/cache"));
            var product = new ScenarioWorkspace(made, _output);
            (await product.Strata("build hello-image")).Succeeds().Prints("deploy/images/qemux86-64/");
            Assert.True(File.Exists(Path.Combine(made, "build/tmp/deploy/images/qemux86-64/hello-image-qemux86-64.oci/index.json")));
            (await product.Strata("build hello-image")).Succeeds().Prints("Nothing to do");
            (await product.Strata("layer check gateway")).Succeeds();
        }
        finally
        {
            FileTree.Delete(made);
        }
    }

    [Fact]
    public async Task A_terminal_shows_what_runs_and_how_far_the_build_is()
    {
        var workspace = await WorkspaceFrom("meta-three");
        workspace.Edit("meta-three/recipes-three/unrelated/unrelated-native_1.0.bb",
            text => text.Replace("do_install () {", "do_install () {\n    sleep 1", StringComparison.Ordinal));

        var text = await InTerminal(workspace, columns: 40, "build unrelated-native");

        Assert.Contains("unrelated-native:do_install", text, StringComparison.Ordinal);
        Assert.Matches(@"\e\[2m\d+/\d+, ", text);
        Assert.Contains("Build finished", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_program_follows_a_build_by_its_events()
    {
        var workspace = await WorkspaceFrom("meta-three");

        var run = (await workspace.Strata("build unrelated-native --json")).Succeeds();

        var events = run.Text.TrimEnd('\n').Split('\n').Select(l => JsonDocument.Parse(l).RootElement).ToArray();
        Assert.Equal("build-finished", events.Last(e => e.GetProperty("event").GetString() != "announced").GetProperty("event").GetString());
        Assert.Contains(events, e => e.GetProperty("event").GetString() == "task-finished" && e.GetProperty("task").GetString() == "unrelated-native:do_install");
    }

    /// <summary>Everything that was written to a pseudo-terminal of the given width.</summary>
    private async Task<string> InTerminal(ScenarioWorkspace workspace, int columns, string arguments)
    {
        var log = workspace.PathOf("typescript");
        var command = $"stty cols {columns} rows 24; TERM=xterm {Checkout.Strata} {arguments}";
        var outcome = await ProcessRunner.RunAsync(
            new() { Command = ["script", "--quiet", "--return", "--flush", "--command", command, log], WorkingDirectory = workspace.Top }, TestContext.Current.CancellationToken);
        var text = await File.ReadAllTextAsync(log, TestContext.Current.CancellationToken);
        _output.WriteLine(text);
        Assert.True(outcome.Succeeded, text);
        return text;
    }
}
