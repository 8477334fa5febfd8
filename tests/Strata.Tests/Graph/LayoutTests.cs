using Strata.Graph.Output;

namespace Strata.Tests.Graph;

public sealed class LayoutTests
{
    private const string Task = """

        do_x () {
            :
        }
        do_x[deptask] = "do_x"
        addtask x before do_build
        """;

    [Fact]
    public void Edges_lead_from_layer_to_layer_with_waypoints_on_long_ways()
    {
        var layout = new LayeredLayout([[1, 2], [2], [3], []]);
        Assert.Equal([[0], [1], [2], [3]], layout.Layers.Select(l => l.Where(layout.IsNode).ToArray()));
        var route = Assert.Single(layout.Routes, r => r is { From: 0, To: 2 });
        Assert.Equal(3, route.Slots.Length);
        Assert.Contains(route.Slots[1], layout.Layers[1]);
    }

    [Fact]
    public void Crossings_that_need_not_be_are_gone()
    {
        // 0 and 1 at the left are tied to 3 and 2 at the right: the second layer must be turned round.
        var layout = new LayeredLayout([[3], [2], [], [], [0, 1]]);
        var places = layout.Layers.SelectMany(l => l.Select((slot, i) => (slot, i))).ToDictionary(p => p.slot, p => p.i);
        Assert.Equal(places[0] < places[1], places[3] < places[2]);
    }

    [Fact]
    public void A_circle_is_cut_and_every_edge_is_drawn()
    {
        var layout = new LayeredLayout([[1], [2], [0]]);
        Assert.Equal(3, layout.Routes.Length);
        Assert.Equal(3, layout.Layers.Length);
    }

    [Fact]
    public void Reduction_keeps_what_is_reachable_and_nothing_more()
    {
        Assert.Equal<int[]>([[], [0], [1], [2]], Reduction.Of([[], [0], [1, 0], [0, 2, 1]]).Select(e => e.ToArray()));
        Assert.Equal<int[]>([[], [], [0, 1]], Reduction.Of([[], [], [0, 1]]).Select(e => e.ToArray()));
    }

    [Fact]
    public void Pictures_have_every_recipe_and_task_once_and_are_the_same_for_any_order_of_the_targets()
    {
        using var workspace = new GraphWorkspace();
        workspace.Recipe("app", "DEPENDS = \"lib other\"" + Task).Recipe("lib", "DEPENDS = \"base\"" + Task).Recipe("other", Task).Recipe("base", Task);
        var svg = GraphSvg.Of(GraphView.Of(workspace.Graph("app", "lib"), reduce: true), reduce: true);
        Assert.Equal(svg, GraphSvg.Of(GraphView.Of(workspace.Graph("lib", "app"), reduce: true), reduce: true));
        var picture = System.Xml.Linq.XDocument.Parse(svg);
        Assert.Equal(["app", "base", "lib", "other"], picture.Descendants().Where(e => e.Attribute("class")?.Value == "title").Select(e => e.Value));
        Assert.Equal(["app → lib", "app → other", "lib → base"], picture.Descendants().Where(e => e.Name.LocalName == "title").Select(e => e.Value).Order());

        var html = GraphHtml.Of(GraphView.Of(workspace.Graph("app"), reduce: false), reduce: false);
        Assert.Equal(html, GraphHtml.Of(GraphView.Of(workspace.Graph("app"), reduce: false), reduce: false));
        Assert.DoesNotContain("http", html.Replace("http://www.w3.org/2000/svg", "", StringComparison.Ordinal));
        Assert.Contains("{\"name\":\"do_x\",\"kind\":\"work\"", html);
    }
}
