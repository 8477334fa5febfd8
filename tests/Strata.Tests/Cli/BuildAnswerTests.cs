using System.Text.Json;

namespace Strata.Tests.Cli;

/// <summary>What commands tell programs about builds: of one build that was shared, and one change since then.</summary>
public sealed class BuildAnswerTests : IDisposable
{
    private const string Task = "app:do_unpack";

    private readonly CliWorkspace _workspace = new();

    public BuildAnswerTests()
    {
        var layer = CliWorkspace.Checkout("tests/workspaces/meta-shell");
        foreach (var file in Directory.EnumerateFiles(layer, "*", SearchOption.AllDirectories))
            _workspace.Write(Path.Combine("meta-shell", Path.GetRelativePath(layer, file)), File.ReadAllText(file));
        _workspace.Write("conf/bblayers.conf", "BBPATH = \"${TOPDIR}\"\nBBFILES ?= \"\"\nBBLAYERS = \"${TOPDIR}/meta-shell\"\n");
        _workspace.Write("conf/local.conf", $"STRATA_REMOTES = \"file://{Directory.CreateDirectory(Path.Combine(_workspace.Top, "shared"))};rw\"\n");
        Recipe("blue");
    }

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public async Task Keys_and_their_differences()
    {
        await BuildAndChangeAsync();

        var shown = await AskAsync($"key show {Task}");
        Assert.Equal(Task, shown.GetProperty("task").GetString());
        Assert.StartsWith("sha256:", shown.GetProperty("key").GetString(), StringComparison.Ordinal);
        Assert.Equal("green", shown.GetProperty("fields").GetProperty("var:TEXT").GetString());

        foreach (var remote in (string[])["", " --remote"])
        {
            var difference = await AskAsync($"key diff {Task}{remote}");
            Assert.Equal(shown.GetProperty("key").GetString(), difference.GetProperty("after").GetString());
            Assert.NotEqual(shown.GetProperty("key").GetString(), difference.GetProperty("before").GetString());
            AssertOnlyTheText(difference.GetProperty("changes"));
        }
        Assert.Equal("[]", (await AskAsync($"key diff {Task} 1 1")).GetProperty("changes").GetRawText());
    }

    [Theory]
    [InlineData("")]
    [InlineData(" --remote")]
    public async Task Why_with_the_chain_from_the_change_to_the_target(string remote)
    {
        await BuildAndChangeAsync();

        var why = await AskAsync($"why app:do_populate_sysroot{remote}");

        Assert.Equal(("app:do_populate_sysroot", "changed"), (why.GetProperty("task").GetString(), why.GetProperty("state").GetString()));
        var cause = Assert.Single(why.GetProperty("causes").EnumerateArray());
        Assert.Equal(Task, cause.GetProperty("task").GetString());
        Assert.Equal(["app:do_populate_sysroot", "app:do_install", "app:do_compile", "app:do_configure", Task], Strings(cause.GetProperty("path")));
        AssertOnlyTheText(cause.GetProperty("changes"));

        Recipe("blue");
        why = await AskAsync($"why app:do_populate_sysroot{remote}");
        Assert.Equal(("unchanged", 0), (why.GetProperty("state").GetString(), why.GetProperty("causes").GetArrayLength()));
    }

    [Fact]
    public async Task The_history_the_log_the_graph_and_the_cache()
    {
        await BuildAndChangeAsync();

        var build = Assert.Single((await AskAsync("history")).EnumerateArray());
        Assert.Equal((1, true), (build.GetProperty("build").GetInt64(), build.GetProperty("ended").GetBoolean()));
        Assert.Contains("app:do_build", Strings(build.GetProperty("targets")));
        var runs = (await AskAsync("history 1")).GetProperty("tasks").EnumerateArray().ToDictionary(t => t.GetProperty("task").GetString()!);
        Assert.Equal("Ran", runs[Task].GetProperty("outcome").GetString());
        Assert.True(runs[Task].GetProperty("duration").GetDouble() > 0);
        Assert.Contains("said by compile\n", (await AskAsync("log app:do_compile")).GetProperty("log").GetString(), StringComparison.Ordinal);

        var graph = await AskAsync("graph app");
        Assert.Equal(["app:do_build"], Strings(graph.GetProperty("targets")));
        var task = graph.GetProperty("tasks").EnumerateArray().Single(t => t.GetProperty("name").GetString() == "app:do_compile");
        Assert.Equal(("work", "app:do_configure"), (task.GetProperty("kind").GetString(), Assert.Single(Strings(task.GetProperty("dependencies")))));

        var artifacts = (await AskAsync("cache ls")).EnumerateArray().ToArray();
        Assert.Equal(artifacts.Length, (await AskAsync("cache stats")).GetProperty("artifacts").GetInt32());
        Assert.Equal(artifacts.Length, (await AskAsync("cache verify")).GetProperty("artifacts").GetInt32());
        var own = artifacts.Single(a => Strings(a.GetProperty("names")).Contains("app:do_populate_sysroot")).GetProperty("digest").GetString();
        Assert.Equal([own!], Strings((await AskAsync("cache rm app")).GetProperty("removed")));
        Assert.Equal(0, (await AskAsync("cache gc --max-size 100000")).GetProperty("bytesFreed").GetInt64());
    }

    private static void AssertOnlyTheText(JsonElement changes)
    {
        var change = Assert.Single(changes.EnumerateArray());
        Assert.Equal(("var:TEXT", "blue", "green"), (change.GetProperty("field").GetString(), change.GetProperty("before").GetString(), change.GetProperty("after").GetString()));
    }

    private static string[] Strings(JsonElement array) => [.. array.EnumerateArray().Select(e => e.GetString()!)];

    private async Task<JsonElement> AskAsync(string command) => (await _workspace.Strata($"{command} --json", ("PATH", "/usr/sbin:/usr/bin:/sbin:/bin"))).Succeeds().Json;

    private async Task BuildAndChangeAsync()
    {
        (await _workspace.Strata("build app", ("PATH", "/usr/sbin:/usr/bin:/sbin:/bin"))).Succeeds();
        Recipe("green");
    }

    private void Recipe(string text) =>
        _workspace.Write("meta-shell/recipes/app_1.0.bb", $"inherit chain\nTEXT = \"{text}\"\ndo_compile:append () {{\n    echo said by compile\n}}\n");
}
