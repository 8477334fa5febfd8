namespace Strata.Scenarios;

/// <summary>What a user reads when something is wrong: place, cause and what to type.</summary>
public sealed class MessageScenarios(ITestOutputHelper output) : Scenario(output)
{
    [Fact]
    public async Task A_mistyped_target_is_answered_with_the_right_one()
    {
        var workspace = await WorkspaceFrom("meta-three");

        (await workspace.Strata("build al-native")).FailsWith(3).Prints("did you mean 'all-native'?");
    }

    [Fact]
    public async Task A_mistyped_command_is_answered_with_the_right_one()
    {
        var workspace = await WorkspaceFrom("meta-three");

        (await workspace.Strata("biuld all-native")).FailsWith(2).Prints("did you mean 'strata build'?");
    }

    [Fact]
    public async Task A_mistyped_class_is_named_with_file_and_line()
    {
        var workspace = await WorkspaceFrom("meta-three");
        workspace.Edit("meta-three/recipes-three/app/app-native_1.0.bb", text => text.Replace("inherit native", "inherit natve", StringComparison.Ordinal));

        (await workspace.Strata("build all-native")).FailsWith(3).Prints("app-native_1.0.bb:7:9").Prints("did you mean 'native'?");
    }

    [Fact]
    public async Task A_source_without_a_pin_is_refused_with_the_line_to_add()
    {
        var workspace = await WorkspaceFrom("meta-three");
        workspace.Edit("meta-three/recipes-three/unrelated/unrelated-native_1.0.bb",
            text => text.Replace("file://note.txt", "https://localhost:1/note.txt", StringComparison.Ordinal));

        (await workspace.Strata("build unrelated-native")).FailsWith(1).Prints("SRC_URI[sha256sum] = \"");
    }

    [Fact]
    public async Task A_source_that_nobody_has_lists_every_place_that_was_asked()
    {
        var workspace = await WorkspaceFrom("meta-three");
        workspace.Edit("meta-three/recipes-three/unrelated/unrelated-native_1.0.bb", text =>
            text.Replace("file://note.txt", "https://localhost:1/note.txt;sha256sum=" + new string('0', 64), StringComparison.Ordinal));

        (await workspace.Strata("build unrelated-native")).FailsWith(1).Prints("https://localhost:1/note.txt").Prints("Debian");
    }

    [Fact]
    public async Task A_mirror_list_that_cannot_be_read_stops_the_build()
    {
        var workspace = await WorkspaceFrom("meta-three");
        workspace.Edit("conf/local.conf", text => text + "MIRRORS = \"https://only-one-half/.*\"\n");

        (await workspace.Strata("build unrelated-native")).FailsWith(3).Prints("STR1007").Prints("getvar --history MIRRORS");
    }

    [Fact]
    public async Task Outside_of_a_workspace_the_way_in_is_shown()
    {
        var nowhere = new ScenarioWorkspace(TemporaryDirectory(), null);

        (await nowhere.Strata("build x")).FailsWith(2).Prints("strata -C DIRECTORY");
    }

    [Fact]
    public async Task The_history_of_a_variable_names_every_place_that_set_it()
    {
        var workspace = await WorkspaceFrom("meta-three");

        (await workspace.Strata("getvar -r app-native --history DEPENDS")).Succeeds()
            .Prints("bitbake.conf").Prints("base.bbclass").Prints("app-native_1.0.bb:4").Prints("libgreet-native");
    }
}
