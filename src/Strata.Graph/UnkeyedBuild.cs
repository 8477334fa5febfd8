using System.Collections.Immutable;
using Strata.Graph.Building;
using Strata.Metadata;

namespace Strata.Graph;

/// <summary>What the targets need, before anything of it has a key: the last moment at which variables of recipes can be set.</summary>
public sealed class UnkeyedBuild
{
    private readonly IReadOnlyList<int> _tasks;
    private readonly EdgeTable _edges;

    /// <param name="tasks">What the targets reach.</param>
    internal UnkeyedBuild(IReadOnlyList<int> tasks, EdgeTable edges) => (_tasks, _edges) = (tasks, edges);

    /// <summary>Without repeats, those of dependencies first.</summary>
    public IEnumerable<Recipe> Recipes => RecipesOf(_tasks);

    /// <summary>The recipes whose tasks run this built-in, each with every recipe that the task depends on: the same whatever else is built.</summary>
    public IEnumerable<(Recipe Recipe, ImmutableArray<Recipe> Below)> UsersOf(string builtin) =>
        from task in _tasks
        let recipe = _edges.RecipeOf(task).Recipe
        where recipe.Variables.GetFlag(_edges.SpecOf(task).Name, "builtin") == builtin
        select (recipe, RecipesOf(Reach.From([task], _edges).Order).ToImmutableArray());

    private IEnumerable<Recipe> RecipesOf(IEnumerable<int> tasks) => tasks.Select(t => _edges.RecipeOf(t).Recipe).Distinct();
}
