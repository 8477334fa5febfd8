using Strata.Cli;

namespace Strata.Tests.Cli;

/// <summary>Questions about variables and recipes.</summary>
public sealed class AnswerTests(CliWorkspace workspace) : IClassFixture<CliWorkspace>
{
    [Fact]
    public async Task The_history_says_which_override_won_and_what_became_of_the_others()
    {
        var run = (await workspace.Strata("getvar COLOUR -r app-native --history")).Succeeds();

        run.Prints(
            "meta-product/recipes-product/app/app-native_%.bbappend:1 (product)  = \"grey\"  ← replaced by the variant :class-native",
            ":append \" sky\"",
            ":class-native= \"blue\"  ← wins",
            ":mips= \"red\"  ← not in force: mips is not in OVERRIDES",
            "# why: :class-native wins, because class-native is in OVERRIDES");
        Assert.EndsWith("\nblue sky\n", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_history_is_the_same_for_programs()
    {
        var answer = (await workspace.Strata("getvar COLOUR -r app-native --json")).Succeeds().Json;

        Assert.Equal("blue sky", answer.GetProperty("value").GetString());
        Assert.Equal("class-native", answer.GetProperty("winner").GetString());
        var first = answer.GetProperty("history")[0];
        Assert.Equal("meta-product/recipes-product/app/app-native_%.bbappend:1", first.GetProperty("place").GetString());
        Assert.Equal("product", first.GetProperty("layer").GetString());
        Assert.Equal("grey", first.GetProperty("after").GetString());
        Assert.Contains(answer.GetProperty("overrides").EnumerateArray(), o => o.GetString() == "class-native");
    }

    [Fact]
    public async Task Raw_text_and_flags_can_be_asked_for()
    {
        Assert.Equal("${UNPACKDIR}\n", (await workspace.Strata("getvar S -r app-native --raw")).Succeeds().Output);
        Assert.Equal("fetch\n", (await workspace.Strata("getvar do_fetch -r app-native --flag builtin")).Succeeds().Output);
        Assert.Equal("fetch\n", (await workspace.Strata("getvar do_fetch[builtin] -r app-native")).Succeeds().Output);
    }

    [Theory]
    [InlineData("getvar MACHINEE", ExitCode.BuildFailed, "STR1110", "did you mean 'MACHINE'?")]
    [InlineData("getvar do_fetch -r app-native --flag nosuch", ExitCode.BuildFailed, "STR1111", "it has ")]
    [InlineData("getvar S -r app-natve", ExitCode.Usage, "STR1005", "did you mean 'app-native'?")]
    [InlineData("recipe show nosuchrecipe", ExitCode.Usage, "STR1005", "hint")]
    [InlineData("recipe list --layer prodct", ExitCode.Usage, "STR1112", "did you mean 'product'?")]
    public async Task What_does_not_exist_is_answered_with_what_does(string command, ExitCode code, string rule, string hint) =>
        (await workspace.Strata(command)).EndsWith(code).Complains(rule, hint);

    [Fact]
    public async Task Complaints_are_JSON_where_the_answer_would_be()
    {
        var complaint = (await workspace.Strata("getvar S -r app-natve --json")).EndsWith(ExitCode.Usage).Error.Split('\n').Single(l => l.Contains("STR1005", StringComparison.Ordinal));

        using var json = System.Text.Json.JsonDocument.Parse(complaint);
        Assert.Equal("STR1005", json.RootElement.GetProperty("code").GetString());
        Assert.Equal("did you mean 'app-native'?", json.RootElement.GetProperty("hint").GetString());
    }

    [Fact]
    public async Task The_environment_has_variables_sorted_then_functions()
    {
        var lines = (await workspace.Strata("env -r app-native")).Succeeds().Output.Split('\n');

        Assert.Contains("PN=\"app-native\"", lines);
        Assert.Contains("COLOUR=\"blue sky\"", lines);
        Assert.True(Array.IndexOf(lines, "PN=\"app-native\"") < Array.IndexOf(lines, "do_compile () {"));
        var names = (await workspace.Strata("env -r app-native --json")).Json.GetProperty("variables").EnumerateArray().Select(v => v.GetProperty("name").GetString()).ToArray();
        Assert.Equal(names.Order(StringComparer.Ordinal), names);
        Assert.True(names.Length > 100);
    }

    [Fact]
    public async Task The_environment_can_be_read_by_a_shell()
    {
        workspace.Write("conf/site.conf", "QUOTED = 'a \"b\" $c'\n");
        var text = (await workspace.Strata("env -r app-native")).Succeeds().Output;

        Assert.Contains("QUOTED=\"a \\\"b\\\" \\$c\"", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_recipe_shows_its_layer_appends_dependencies_and_tasks()
    {
        (await workspace.Strata("recipe show app-native")).Succeeds().Prints(
            "app-native 1.0", "three (priority 7)", "meta-three/recipes-three/app/app-native_1.0.bb", "meta-product/recipes-product/app/app-native_%.bbappend",
            "libgreet-native", "file://app.c", "do_compile", "after do_configure", "native");

        var answer = (await workspace.Strata("recipe show app-native --json")).Succeeds().Json;
        Assert.Equal("1.0", answer.GetProperty("version").GetString());
        Assert.Contains("native", answer.GetProperty("inherits").EnumerateArray().Select(i => i.GetString()));
        var fetch = answer.GetProperty("tasks").EnumerateArray().Single(t => t.GetProperty("name").GetString() == "do_fetch");
        Assert.Equal("fetch", fetch.GetProperty("builtin").GetString());
    }

    [Fact]
    public async Task A_recipe_is_found_by_what_it_provides_and_shows_its_pins()
    {
        var answer = (await workspace.Strata("recipe show virtual/libc --json")).Succeeds().Json;

        Assert.Equal("musl", answer.GetProperty("name").GetString());
        Assert.Equal(64, answer.GetProperty("pins").GetProperty("SRC_URI[sha256sum]").GetString()!.Length);
    }

    [Fact]
    public async Task Recipes_are_listed_by_name()
    {
        var names = (await workspace.Strata("recipe list --names --layer three")).Succeeds().Output;

        Assert.Equal("all-native\napp-native\nlibgreet-native\nunrelated-native\n", names);
        Assert.Equal(4, (await workspace.Strata("recipe list --layer meta-three --json")).Json.GetArrayLength());
    }
}
