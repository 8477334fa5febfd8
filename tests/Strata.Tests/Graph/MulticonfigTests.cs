using Strata.Graph;

namespace Strata.Tests.Graph;

public sealed class MulticonfigTests : IDisposable
{
    private const string Tasks = """

        do_compile () {
            echo ${FLAVOUR}
        }
        addtask compile
        do_stage () {
            :
        }
        do_stage[artifact] = "${WORKDIR}/stage"
        do_stage[mount] = "/build/sysroot"
        addtask stage after do_compile before do_build
        """;

    private readonly GraphWorkspace _workspace = new();

    public MulticonfigTests()
    {
        _workspace.Write("conf/local.conf", "BBMULTICONFIG = \"one two\"\nFLAVOUR = \"plain\"\ninclude conf/multiconfig/${BB_CURRENT_MC}.conf\n");
        _workspace.Write("conf/multiconfig/one.conf", "FLAVOUR = \"one\"").Write("conf/multiconfig/two.conf", "OTHER = \"two\"");
        _workspace.Recipe("a", Tasks).Recipe("b", Tasks);
    }

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public void A_target_in_a_configuration_has_the_variables_of_that_configuration()
    {
        var graph = _workspace.Graph("mc:one:a", "a");
        Assert.Equal("mc:one:a:do_build", graph[graph.Targets[0]].Name);
        Assert.Equal("one", graph.Find("mc:one:a:do_compile")!.DeepKey.Fields["var:FLAVOUR"]);
        Assert.Equal("plain", graph.Find("a:do_compile")!.DeepKey.Fields["var:FLAVOUR"]);
        Assert.NotEqual(graph.Find("a:do_compile")!.WorkPlace, graph.Find("mc:one:a:do_compile")!.WorkPlace);
    }

    [Theory]
    [InlineData("a:do_build mc:one:a:do_build mc:two:a:do_build", "mc:*:a")]
    [InlineData("b:do_build mc:one:a:do_build mc:two:a:do_build", "mc:*:a", "b")]
    [InlineData("mc:two:a:do_compile", "multiconfig:two:a:do_compile")]
    public void A_star_stands_for_all_configurations(string expected, params string[] targets)
    {
        var graph = _workspace.Graph([.. targets]);
        Assert.Equal(expected.Split(' '), graph.Targets.Select(t => graph[t].Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Equal_artifacts_are_made_once_and_the_work_of_others_falls_away()
    {
        var graph = SharedTasks.Of(_workspace.Graph("mc:*:a"));
        Assert.Equal(
            ["a:do_build", "a:do_compile", "a:do_stage", "mc:one:a:do_build", "mc:one:a:do_compile", "mc:one:a:do_stage", "mc:two:a:do_build"],
            graph.Tasks.Select(t => t.Name).Order(StringComparer.Ordinal));
        Assert.Equal(["a:do_stage"], graph.Find("mc:two:a:do_build")!.Inputs.Select(i => graph[i].Name));
        Assert.Equal(graph.Tasks.Select((_, i) => i), graph.Tasks.Select(t => t.Id.Index));
    }

    [Fact]
    public void An_edge_into_another_configuration_holds_for_tasks_of_the_configuration_it_names()
    {
        _workspace.Recipe("a", "do_compile[mcdepends] = \"mc::two:b:do_stage\"" + Tasks);
        Assert.Equal(["mc:two:b:do_stage"], Dependencies("a:do_compile", "a"));
        Assert.Empty(Dependencies("mc:one:a:do_compile", "mc:one:a"));
    }

    [Theory]
    [InlineData("mc::tow:b:do_stage", "STR3016", "did you mean 'two'?")]
    [InlineData("mc:two:b:do_stage", "STR3007", "mc::other:recipe:do_deploy")]
    [InlineData("mc::two:b:do_stag", "STR3006", "did you mean 'mc:two:b:do_stage'?")]
    [InlineData("mc::two:bb:do_stage", "STR3002", "did you mean")]
    public void A_broken_edge_into_another_configuration_is_an_error_at_its_line(string edge, string code, string hint)
    {
        _workspace.Recipe("a", $"do_compile[mcdepends] = \"{edge}\"" + Tasks);
        Assert.Null(_workspace.Build("a"));
        var error = Assert.Single(_workspace.Diagnostics.Sorted());
        Assert.Equal((code, 1), (error.Rule.Code, error.Place.Line));
        Assert.Contains(hint, error.Hint);
    }

    private IEnumerable<string> Dependencies(string task, string target)
    {
        var graph = _workspace.Graph(target);
        return graph.Find(task)!.Dependencies.Select(d => graph[d].Name);
    }
}
