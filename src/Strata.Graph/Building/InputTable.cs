namespace Strata.Graph.Building;

/// <summary>What each task of a graph sees of other tasks' artifacts. Filled dependencies first.</summary>
/// <param name="tasks">Facts by the number of the task, of the tasks that the targets reach.</param>
internal sealed class InputTable(EdgeTable edges, Resolution resolution, IReadOnlyDictionary<int, TaskFacts> tasks)
{
    private readonly Dictionary<int, List<int>> _direct = [];
    private readonly Dictionary<int, List<int>> _all = [];
    private readonly Dictionary<ResolvedRecipe, Dictionary<ResolvedRecipe, int>> _ranks = [];

    /// <summary>The inputs of a task whose dependencies were all asked for before; topmost first.</summary>
    public List<int> Of(int task)
    {
        var direct = Direct(task);
        _direct[task] = direct;
        var known = new HashSet<int>(direct);
        var all = new List<int>(Sorted(task, direct));
        foreach (var input in all.ToArray())
            if (tasks[input].Mount is { } mount)
                all.AddRange(_all[input].Where(i => tasks[i].Mount == mount && known.Add(i)));
        return _all[task] = all;
    }

    private List<int> Direct(int task)
    {
        var direct = new List<int>();
        var known = new HashSet<int>();
        foreach (var dependency in edges[task])
        {
            if (tasks[dependency].Kind == TaskKind.Cached) Add(dependency);
            else if (IsTransparent(task, dependency))
                foreach (var input in _direct[dependency]) Add(input);
        }
        return direct;

        void Add(int input)
        {
            if (known.Add(input)) direct.Add(input);
        }
    }

    /// <summary>Empty tasks only gather; earlier work tasks of the recipe left their results in the same work directory.</summary>
    private bool IsTransparent(int task, int dependency) =>
        tasks[dependency].Kind == TaskKind.Empty || edges.RecipeOf(task) == edges.RecipeOf(dependency);

    /// <summary>Own artifacts first, then in the order of DEPENDS, then as the edges come.</summary>
    private IEnumerable<int> Sorted(int task, List<int> direct)
    {
        if (direct.Count < 2) return direct;
        var recipe = edges.RecipeOf(task);
        var ranks = RanksFor(recipe);
        return direct.OrderBy(input => edges.RecipeOf(input) == recipe ? -1 : ranks.GetValueOrDefault(edges.RecipeOf(input), int.MaxValue));
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
