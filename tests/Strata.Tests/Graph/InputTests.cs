using Strata.Graph;

namespace Strata.Tests.Graph;

public sealed class InputTests : IDisposable
{
    private const string Chain = """

        do_configure[deptask] = "do_stage"
        do_configure () {
            :
        }
        do_compile () {
            :
        }
        do_stage () {
            :
        }
        do_stage[artifact] = "${WORKDIR}/stage"
        do_stage[mount] ?= "/build/sysroot"
        addtask configure
        addtask compile after do_configure
        addtask stage after do_compile before do_build
        """;

    private readonly GraphWorkspace _workspace = new();

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public void A_task_sees_what_its_dependencies_see_at_the_same_mount_but_not_their_tools()
    {
        _workspace.Recipe("tool-native", "do_stage[mount] = \"/\"" + Chain);
        _workspace.Recipe("openssl", Chain);
        _workspace.Recipe("libcurl", "DEPENDS = \"tool-native openssl\"" + Chain);
        _workspace.Recipe("app", "DEPENDS = \"libcurl\"" + Chain);
        var graph = _workspace.Graph("app");
        Assert.Equal(["libcurl:do_stage", "openssl:do_stage"], Inputs(graph, "app:do_configure"));
        Assert.Equal(["tool-native:do_stage", "openssl:do_stage"], Inputs(graph, "libcurl:do_configure"));
    }

    [Fact]
    public void Later_work_tasks_of_a_recipe_see_what_earlier_ones_saw()
    {
        _workspace.Recipe("lib", Chain);
        _workspace.Recipe("app", "DEPENDS = \"lib\"" + Chain);
        var graph = _workspace.Graph("app");
        Assert.Equal(["lib:do_stage"], Inputs(graph, "app:do_compile"));
        Assert.Equal(["lib:do_stage"], Inputs(graph, "app:do_stage"));
        Assert.Equal(["app:do_stage", "lib:do_stage"], Inputs(graph, "app:do_build"));
    }

    [Fact]
    public void Direct_inputs_come_in_the_order_of_DEPENDS_and_before_those_below_them()
    {
        _workspace.Recipe("deep", Chain).Recipe("z", "DEPENDS = \"deep\"" + Chain).Recipe("m", Chain).Recipe("b", Chain);
        _workspace.Recipe("app", "DEPENDS = \"z b m\"" + Chain);
        Assert.Equal(["z:do_stage", "b:do_stage", "m:do_stage", "deep:do_stage"], Inputs(_workspace.Graph("app"), "app:do_configure"));
    }

    [Fact]
    public void A_task_without_body_or_with_noexec_hands_on_what_it_gathers()
    {
        _workspace.Recipe("lib", Chain);
        _workspace.Recipe("app", """
            do_gather[depends] = "lib:do_build"
            addtask gather
            do_use () {
                :
            }
            addtask use after do_gather before do_build
            """);
        var graph = _workspace.Graph("app");
        Assert.Equal(TaskKind.Empty, graph.Find("app:do_gather")!.Kind);
        Assert.Equal(["lib:do_stage"], Inputs(graph, "app:do_use"));
    }

    [Fact]
    public void Kinds_and_places_of_tasks_come_from_their_flags()
    {
        _workspace.Recipe("lib", "do_stage[deploy] = \"lib\"" + Chain);
        var graph = _workspace.Graph("lib");
        var stage = graph.Find("lib:do_stage")!;
        Assert.Equal((TaskKind.Cached, "/build/work/lib-1.0/stage", "/build/sysroot", "lib"), (stage.Kind, stage.ArtifactDirectory, stage.Mount, stage.Deploy));
        Assert.Equal(TaskKind.Work, graph.Find("lib:do_compile")!.Kind);
        Assert.Equal(TaskKind.Empty, graph.Find("lib:do_build")!.Kind);
        Assert.Equal(("/build/work/lib-1.0", "target/lib/1.0"), (stage.WorkDirectory, stage.WorkPlace));
        Assert.EndsWith("lib_1.0.bb", stage.Place.File, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("do_compile[mount] = \"/x\"", "STR3019")]
    [InlineData("do_stage[mount] = \"x\"", "STR3020")]
    public void A_mount_that_cannot_be_is_an_error(string line, string code)
    {
        _workspace.Recipe("lib", line + Chain);
        Assert.Null(_workspace.Build("lib"));
        Assert.Equal([code], _workspace.Codes);
    }

    private static IEnumerable<string> Inputs(TaskGraph graph, string task) => graph.Find(task)!.Inputs.Select(i => graph[i].Name);
}
