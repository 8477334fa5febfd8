using System.Collections.Immutable;

namespace Strata.Graph.Output;

/// <summary>A graph of tasks seen as a graph of recipes, laid out from the targets on the left to what they rest on at the right.</summary>
internal sealed class RecipeView
{
    public RecipeView(GraphView view, bool reduce)
    {
        View = view;
        Recipes = [.. view.Graph.Tasks.GroupBy(NameOf, StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal)
            .Select(g => new ShownRecipe(g.Key, [.. g], view.Graph.Targets.Any(t => NameOf(view.Graph[t]) == g.Key)))];
        var numbers = Recipes.Select((r, i) => (r.Name, i)).ToDictionary(p => p.Name, p => p.i, StringComparer.Ordinal);
        Edges = [.. Recipes.Select((r, i) => r.Tasks.SelectMany(t => view.Edges[t.Id.Index]).Select(d => numbers[NameOf(view.Graph.Tasks[d])])
            .Where(n => n != i).Distinct().Order().ToImmutableArray())];
        if (reduce) Edges = WithoutDetours(Edges);
        Layout = new([.. Edges.Select(e => (IReadOnlyList<int>)e)]);
    }

    public GraphView View { get; }

    /// <summary>Sorted by name.</summary>
    public ImmutableArray<ShownRecipe> Recipes { get; }

    /// <summary>By recipe: the recipes that its tasks need.</summary>
    public ImmutableArray<ImmutableArray<int>> Edges { get; }

    public LayeredLayout Layout { get; }

    public static string NameOf(TaskNode task) => task.Name[..^(task.TaskName.Length + 1)];

    /// <summary>Recipes may need each other with different tasks, so the reduction works on the order of the layers and keeps what closes a circle.</summary>
    private static ImmutableArray<ImmutableArray<int>> WithoutDetours(ImmutableArray<ImmutableArray<int>> edges)
    {
        var layout = new LayeredLayout([.. edges.Select(e => (IReadOnlyList<int>)e)]);
        int[] byRank = [.. layout.Layers.Reverse().SelectMany(l => l.Where(layout.IsNode))];
        var rank = new int[edges.Length];
        for (var i = 0; i < byRank.Length; i++) rank[byRank[i]] = i;
        var forward = byRank.Select(n => edges[n].Select(e => rank[e]).Where(r => r < rank[n]).ToImmutableArray()).ToImmutableArray();
        var reduced = Reduction.Of(forward);
        return [.. edges.Select((targets, n) => targets.Where(t => rank[t] > rank[n] || reduced[rank[n]].Contains(rank[t])).ToImmutableArray())];
    }
}
