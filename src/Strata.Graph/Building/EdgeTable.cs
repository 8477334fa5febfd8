using Strata.Core;

namespace Strata.Graph.Building;

/// <summary>The edges between the tasks of all resolved recipes, each task's in a fixed order and without repeats.</summary>
internal sealed class EdgeTable
{
    private readonly int[][] _edges;
    private readonly ResolvedRecipe[] _recipeOf;

    public EdgeTable(Universe universe, Diagnostics diagnostics)
    {
        Universe = universe;
        _edges = new int[universe.TaskCount][];
        _recipeOf = new ResolvedRecipe[universe.TaskCount];
        foreach (var recipe in universe.Recipes)
            for (var task = recipe.FirstTask; task <= recipe.LastTask; task++) _recipeOf[task] = recipe;

        var builder = new EdgeBuilder(universe, diagnostics);
        foreach (var recipe in universe.Recipes)
            for (var task = recipe.FirstTask; task <= recipe.LastTask; task++) _edges[task] = builder.Of(recipe, recipe.Tasks[task - recipe.FirstTask], task);
        if (Recursive().Any()) new RecursiveEdges(this).Add();
    }

    public Universe Universe { get; }

    public int Count => _edges.Length;

    public int[] this[int task]
    {
        get => _edges[task];
        set => _edges[task] = value;
    }

    public ResolvedRecipe RecipeOf(int task) => _recipeOf[task];

    public TaskSpec SpecOf(int task) => _recipeOf[task].Tasks[task - _recipeOf[task].FirstTask];

    public string NameOf(int task) => $"{_recipeOf[task].FullName}:{SpecOf(task).Name}";

    /// <summary>The tasks with [recrdeptask].</summary>
    public IEnumerable<int> Recursive() => Enumerable.Range(0, Count).Where(t => !SpecOf(t).RecursiveDepTask.IsEmpty);
}
