using System.Collections.Immutable;

namespace Strata.Graph.Building;

/// <summary>Which artifacts each task sees because of its own dependencies. Filled dependencies first.</summary>
/// <param name="tasks">Facts by the number of the task, of the tasks that the targets reach.</param>
internal sealed class InputTable(EdgeTable edges, TaskFacts?[] tasks)
{
    private readonly ImmutableArray<int>[] _direct = new ImmutableArray<int>[edges.Count];

    /// <summary>By task: the latest task that got it as input, plus one.</summary>
    private readonly int[] _marks = new int[edges.Count];
    private readonly List<int> _found = [];
    private (ResolvedRecipe? Recipe, Dictionary<ResolvedRecipe, int> Ranks) _latest = (null, []);

    /// <summary>
    /// The direct inputs of a task whose dependencies were all asked for before: own artifacts first, then in the order of DEPENDS, then as
    /// the edges come. The same array where nothing was added to what one dependency saw.
    /// </summary>
    public ImmutableArray<int> Of(int task)
    {
        ImmutableArray<int> first = [];
        _found.Clear();
        foreach (var dependency in edges[task])
        {
            ImmutableArray<int> seen = tasks[dependency]!.Kind == TaskKind.Cached ? [dependency] : IsTransparent(task, dependency) ? _direct[dependency] : [];
            if (first.IsEmpty) first = seen;
            foreach (var input in seen)
            {
                if (_marks[input] == task + 1) continue;
                _marks[input] = task + 1;
                _found.Add(input);
            }
        }
        return _direct[task] = _found.Count == first.Length ? first : Sorted(task);
    }

    /// <summary>Empty tasks only gather; earlier work tasks of the recipe left their results in the same work directory.</summary>
    private bool IsTransparent(int task, int dependency) =>
        tasks[dependency]!.Kind == TaskKind.Empty || edges.RecipeOf(task) == edges.RecipeOf(dependency);

    private ImmutableArray<int> Sorted(int task)
    {
        var recipe = edges.RecipeOf(task);
        var ranks = RanksFor(recipe);
        return [.. _found.OrderBy(input => edges.RecipeOf(input) == recipe ? -1 : ranks.GetValueOrDefault(edges.RecipeOf(input), int.MaxValue))];
    }

    private Dictionary<ResolvedRecipe, int> RanksFor(ResolvedRecipe recipe)
    {
        if (_latest.Recipe == recipe) return _latest.Ranks;
        var ranks = new Dictionary<ResolvedRecipe, int>();
        foreach (var name in recipe.Dependencies)
            if (recipe.Names.ForBuild(name) is { } provider) _ = ranks.TryAdd(provider, ranks.Count);
        _latest = (recipe, ranks);
        return ranks;
    }
}
