using System.Collections.Immutable;

namespace Strata.Graph.Building;

/// <summary>What each task of a graph sees of other tasks' artifacts. Filled dependencies first.</summary>
/// <param name="tasks">Facts by the number of the task, of the tasks that the targets reach.</param>
internal sealed class InputTable(EdgeTable edges, Resolution resolution, IReadOnlyDictionary<int, TaskFacts> tasks)
{
    private readonly Dictionary<int, ImmutableArray<int>> _direct = [];
    private readonly Dictionary<int, ImmutableArray<int>> _all = [];
    private readonly Dictionary<ResolvedRecipe, Dictionary<ResolvedRecipe, int>> _ranks = [];

    /// <summary>The inputs of a task whose dependencies were all asked for before; topmost first.</summary>
    public ImmutableArray<int> Of(int task)
    {
        var direct = _direct[task] = Direct(task);

        // The tasks of a recipe mostly see the same; then they share one list, and nothing is computed twice.
        foreach (var dependency in edges[task])
            if (IsTransparent(task, dependency) && edges.RecipeOf(dependency) == edges.RecipeOf(task) && _direct[dependency] == direct) return _all[task] = _all[dependency];
        return _all[task] = WithInputsBelow(direct);
    }

    private ImmutableArray<int> WithInputsBelow(ImmutableArray<int> direct)
    {
        if (direct.IsEmpty) return [];
        var known = new HashSet<int>(direct);
        var all = direct.ToBuilder();
        foreach (var input in direct)
            if (tasks[input].Mount is { } mount)
                foreach (var below in _all[input])
                    if (tasks[below].Mount == mount && known.Add(below)) all.Add(below);
        return all.ToImmutable();
    }

    /// <summary>Own artifacts first, then in the order of DEPENDS, then as the edges come.</summary>
    private ImmutableArray<int> Direct(int task)
    {
        ImmutableArray<int> only = [];
        HashSet<int>? known = null;
        List<int>? direct = null;
        foreach (var dependency in edges[task])
        {
            ImmutableArray<int> seen = tasks[dependency].Kind == TaskKind.Cached ? [dependency] : IsTransparent(task, dependency) ? _direct[dependency] : [];
            if (seen.IsEmpty) continue;
            if (only.IsEmpty)
            {
                only = seen;
                continue;
            }
            direct ??= [.. only];
            known ??= [.. only];
            direct.AddRange(seen.Where(known.Add));
        }
        return direct is null || direct.Count == only.Length ? only : Sorted(task, direct);
    }

    /// <summary>Empty tasks only gather; earlier work tasks of the recipe left their results in the same work directory.</summary>
    private bool IsTransparent(int task, int dependency) =>
        tasks[dependency].Kind == TaskKind.Empty || edges.RecipeOf(task) == edges.RecipeOf(dependency);

    private ImmutableArray<int> Sorted(int task, List<int> direct)
    {
        var recipe = edges.RecipeOf(task);
        var ranks = RanksFor(recipe);
        return [.. direct.OrderBy(input => edges.RecipeOf(input) == recipe ? -1 : ranks.GetValueOrDefault(edges.RecipeOf(input), int.MaxValue))];
    }

    private Dictionary<ResolvedRecipe, int> RanksFor(ResolvedRecipe recipe)
    {
        if (_ranks.TryGetValue(recipe, out var known)) return known;
        var ranks = new Dictionary<ResolvedRecipe, int>();
        foreach (var name in recipe.Dependencies)
            if (resolution.ForBuild(name) is { } provider) _ = ranks.TryAdd(provider, ranks.Count);
        return _ranks[recipe] = ranks;
    }
}
