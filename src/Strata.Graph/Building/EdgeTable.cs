using Strata.Core;

namespace Strata.Graph.Building;

/// <summary>The edges between the tasks of all resolved recipes, each task's in a fixed order and without repeats.</summary>
internal sealed class EdgeTable
{
    private readonly Resolution _resolution;
    private readonly List<int>[] _edges;
    private readonly ResolvedRecipe[] _recipeOf;

    public EdgeTable(Resolution resolution, Diagnostics diagnostics)
    {
        _resolution = resolution;
        _edges = new List<int>[resolution.TaskCount];
        _recipeOf = new ResolvedRecipe[resolution.TaskCount];
        foreach (var recipe in resolution.Recipes)
            for (var task = recipe.FirstTask; task <= recipe.LastTask; task++) _recipeOf[task] = recipe;
        foreach (var recipe in resolution.Recipes)
            foreach (var spec in recipe.Tasks) AddEdges(recipe, spec, diagnostics);
        if (Recursive().Any()) new RecursiveEdges(this, resolution).Add();
    }

    public int Count => _edges.Length;

    public List<int> this[int task] => _edges[task];

    public ResolvedRecipe RecipeOf(int task) => _recipeOf[task];

    public TaskSpec SpecOf(int task) => _recipeOf[task].Tasks[task - _recipeOf[task].FirstTask];

    public string NameOf(int task) => $"{_recipeOf[task].Name}:{SpecOf(task).Name}";

    /// <summary>The tasks with [recrdeptask].</summary>
    public IEnumerable<int> Recursive() => Enumerable.Range(0, Count).Where(t => !SpecOf(t).RecursiveDepTask.IsEmpty);

    private void AddEdges(ResolvedRecipe recipe, TaskSpec spec, Diagnostics diagnostics)
    {
        var edges = new OrderedSet(recipe.TaskNumber(spec.Name));
        foreach (var name in spec.After) edges.Add(recipe.TaskNumber(name));
        AddTasksOfAll(edges, recipe.Dependencies, _resolution.ForBuild, spec.DepTask);
        AddReferences(edges, recipe, spec, "depends", diagnostics);
        AddTasksOfAll(edges, recipe.RuntimeDependencies, _resolution.ForRuntime, spec.RuntimeDepTask);
        AddReferences(edges, recipe, spec, "rdepends", diagnostics);
        AddTasksOfAll(edges, recipe.Dependencies, _resolution.ForBuild, spec.RecursiveDepTask);
        AddTasksOfAll(edges, recipe.RuntimeDependencies, _resolution.ForRuntime, spec.RecursiveDepTask);
        _edges[recipe.TaskNumber(spec.Name)] = edges.ToList();
    }

    /// <summary>Tasks that the other recipe lacks are skipped, as in BitBake.</summary>
    private static void AddTasksOfAll(OrderedSet edges, IEnumerable<string> names, Func<string, ResolvedRecipe?> find, IReadOnlyCollection<string> tasks)
    {
        if (tasks.Count == 0) return;
        foreach (var name in names)
            if (find(name) is { } recipe)
                foreach (var task in tasks) edges.Add(recipe.TaskNumber(task));
    }

    private void AddReferences(OrderedSet edges, ResolvedRecipe recipe, TaskSpec spec, string flag, Diagnostics diagnostics)
    {
        var (references, find) = flag == "depends"
            ? (spec.Depends, (Func<string, ResolvedRecipe?>)_resolution.ForBuild)
            : (spec.RuntimeDepends, _resolution.ForRuntime);
        foreach (var reference in references)
        {
            if (find(reference.Name) is not { } other) continue;
            var task = other.TaskNumber(reference.Task);
            if (task >= 0) edges.Add(task);
            else
                diagnostics.Add(GraphRules.UnknownTaskDependency(
                    Places.Of(recipe.Recipe, spec.Name, flag, reference.Task), $"{recipe.Name}:{spec.Name}", flag, other.Name, reference.Task,
                    Suggest.Nearest(reference.Task, other.Tasks.Select(t => t.Name))));
        }
    }
}
