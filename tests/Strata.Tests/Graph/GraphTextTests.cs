using System.Text.Json;
using Strata.Graph.Output;

namespace Strata.Tests.Graph;

public sealed class GraphTextTests
{
    [Fact]
    public void Graphs_are_written_sorted_and_the_same_for_any_order_of_the_targets()
    {
        using var workspace = new GraphWorkspace();
        const string task = "do_x () {\n    :\n}\naddtask x before do_build";
        workspace.Recipe("a", "DEPENDS = \"b\"\ndo_x[deptask] = \"do_x\"\n" + task).Recipe("b", task);
        var dot = GraphText.ToDot(GraphView.Of(workspace.Graph("a", "b"), reduce: false));
        Assert.Equal("""
            digraph tasks {
              "a:do_build" [style=dashed];
              "a:do_x";
              "b:do_build" [style=dashed];
              "b:do_x";
              "a:do_build" -> "a:do_x";
              "a:do_x" -> "b:do_x";
              "b:do_build" -> "b:do_x";
            }

            """, dot);
        Assert.Equal(dot, GraphText.ToDot(GraphView.Of(workspace.Graph("b", "a"), reduce: false)));

        using var json = JsonDocument.Parse(GraphText.ToJson(GraphView.Of(workspace.Graph("a"), reduce: false)));
        Assert.Equal("a:do_build", json.RootElement.GetProperty("targets")[0].GetString());
        Assert.Equal(["a:do_build", "a:do_x", "b:do_x"], json.RootElement.GetProperty("tasks").EnumerateArray().Select(t => t.GetProperty("name").GetString()!));
    }
}
