using System.Collections;

namespace Strata.Graph.Building;

/// <summary>
/// [recrdeptask]: the named tasks of every recipe below this task's dependencies, those it gets this way included. "Below" is counted
/// in recipes and, as in BitBake, along the edges from before any recursive edge was added.
/// </summary>
internal sealed class RecursiveEdges(EdgeTable edges)
{
    private readonly List<ResolvedRecipe> _recipes = [.. edges.Universe.Recipes];
    private readonly Dictionary<ResolvedRecipe, int> _numbers = edges.Universe.Recipes.Select((r, i) => (r, i)).ToDictionary(p => p.r, p => p.i);

    public void Add()
    {
        var below = RecipesBelow();
        var recursive = edges.Recursive().ToList();
        var known = recursive.ToDictionary(t => t, t => new HashSet<int>(edges[t]));
        for (var grown = true; grown;)
        {
            grown = false;
            foreach (var task in recursive)
            {
                var found = TasksOf(RecipesFrom(task, known[task], below), task).Concat(FromOtherRecursive(task, known)).Where(t => t != task && !known[task].Contains(t)).Distinct().ToList();
                known[task].UnionWith(found);
                grown |= found.Count > 0;
            }
        }
        foreach (var task in recursive) Store(task, known[task]);
        DropEdgesAmongSelfNaming(recursive);
    }

    /// <summary>For each task the recipes of everything below it, itself not included.</summary>
    private BitArray?[] RecipesBelow()
    {
        var below = new BitArray?[edges.Count];
        foreach (var task in BottomUp())
        {
            var recipes = new BitArray(_recipes.Count);
            foreach (var dependency in edges[task])
            {
                recipes[_numbers[edges.RecipeOf(dependency)]] = true;
                if (below[dependency] is { } deeper) _ = recipes.Or(deeper);
            }
            below[task] = recipes;
        }
        return below;
    }

    /// <summary>Dependencies first. Tasks of a circle are left out; they are reported later.</summary>
    private List<int> BottomUp()
    {
        var waiting = new int[edges.Count];
        var above = new List<int>?[edges.Count];
        var order = new List<int>(edges.Count);
        for (var task = 0; task < edges.Count; task++)
        {
            waiting[task] = edges[task].Length;
            if (waiting[task] == 0) order.Add(task);
            foreach (var dependency in edges[task]) (above[dependency] ??= []).Add(task);
        }
        for (var i = 0; i < order.Count; i++)
            foreach (var task in above[order[i]] ?? [])
                if (--waiting[task] == 0) order.Add(task);
        return order;
    }

    private BitArray RecipesFrom(int task, IEnumerable<int> starts, BitArray?[] below)
    {
        var recipes = new BitArray(_recipes.Count);
        foreach (var name in edges.SpecOf(task).RecursiveStartTask)
            if (edges.RecipeOf(task).TaskNumber(name) is >= 0 and var start) starts = starts.Append(start).Concat(edges[start]);
        foreach (var start in starts)
            if (below[start] is { } deeper) _ = recipes.Or(deeper);
        return recipes;
    }

    private IEnumerable<int> TasksOf(BitArray recipes, int task)
    {
        for (var i = 0; i < recipes.Length; i++)
            if (recipes[i])
                foreach (var name in edges.SpecOf(task).RecursiveDepTask)
                    if (_recipes[i].TaskNumber(name) is >= 0 and var found) yield return found;
    }

    /// <summary>What other recursive tasks among the dependencies need, if it has one of the wanted names.</summary>
    private IEnumerable<int> FromOtherRecursive(int task, Dictionary<int, HashSet<int>> known) =>
        known[task].Where(known.ContainsKey).SelectMany(other => known[other]).Where(t => edges.SpecOf(task).RecursiveDepTask.Contains(edges.SpecOf(t).Name)).ToList();

    /// <summary>By name, so that the order does not depend on which targets were asked for.</summary>
    private void Store(int task, HashSet<int> all)
    {
        var added = all.Except(edges[task]).OrderBy(edges.NameOf, StringComparer.Ordinal).ToList();
        edges[task] = [.. edges[task], .. added];
    }

    /// <summary>So that <c>do_a[recrdeptask] = "do_a do_b"</c> makes no circles.</summary>
    private void DropEdgesAmongSelfNaming(List<int> recursive)
    {
        var selfNaming = recursive.Where(t => edges.SpecOf(t).RecursiveDepTask.Contains(edges.SpecOf(t).Name)).ToHashSet();
        foreach (var task in selfNaming) edges[task] = [.. edges[task].Where(d => !selfNaming.Contains(d))];
    }
}
