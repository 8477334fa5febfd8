using System.Collections.Immutable;
using Strata.Core;

namespace Strata.Graph.Building;

/// <summary>Finds the tasks that one task depends on, [recrdeptask] not followed yet.</summary>
internal sealed class EdgeBuilder(Universe universe, Diagnostics diagnostics)
{
    /// <summary>By task: the latest task that got an edge to it, plus one.</summary>
    private readonly int[] _marks = new int[universe.TaskCount];
    private readonly List<int> _edges = [];
    private int _mark;

    public int[] Of(ResolvedRecipe recipe, TaskSpec spec, int task)
    {
        _edges.Clear();
        _mark = _marks[task] = task + 1;
        if (!spec.OtherConfigurations.IsEmpty) AddOtherConfigurations(recipe);
        foreach (var name in spec.After) Add(recipe.TaskNumber(name));
        AddTasksOfAll(recipe.Dependencies, recipe.Names.ForBuild, spec.DepTask);
        AddReferences(recipe, spec, "depends", spec.Depends, recipe.Names.ForBuild);
        AddTasksOfAll(recipe.RuntimeDependencies, recipe.Names.ForRuntime, spec.RuntimeDepTask);
        AddReferences(recipe, spec, "rdepends", spec.RuntimeDepends, recipe.Names.ForRuntime);
        AddTasksOfAll(recipe.Dependencies, recipe.Names.ForBuild, spec.RecursiveDepTask);
        AddTasksOfAll(recipe.RuntimeDependencies, recipe.Names.ForRuntime, spec.RecursiveDepTask);
        return [.. _edges];
    }

    /// <param name="task">-1 (no such task) and what has an edge already are left out, and so is the task itself.</param>
    private void Add(int task)
    {
        if (task < 0 || _marks[task] == _mark) return;
        _marks[task] = _mark;
        _edges.Add(task);
    }

    /// <summary>As in BitBake a task with [mcdepends] gets what any task of its configuration asks for.</summary>
    private void AddOtherConfigurations(ResolvedRecipe recipe)
    {
        foreach (var (by, reference) in recipe.Names.WantedElsewhere)
        {
            if (reference.From != recipe.Configuration || universe.Find(reference.To)?.ForBuild(reference.Name) is not { } other) continue;
            var task = other.TaskNumber(reference.Task);
            if (task >= 0) Add(task);
            else ReportUnknownTask(by.Recipe, by.Task, "mcdepends", reference.Task, other);
        }
    }

    /// <summary>Tasks that the other recipe lacks are skipped, as in BitBake.</summary>
    private void AddTasksOfAll(ImmutableArray<string> names, Func<string, ResolvedRecipe?> find, ImmutableArray<string> tasks)
    {
        if (tasks.IsEmpty) return;
        foreach (var name in names)
            if (find(name) is { } recipe)
                foreach (var task in tasks) Add(recipe.TaskNumber(task));
    }

    private void AddReferences(ResolvedRecipe recipe, TaskSpec spec, string flag, ImmutableArray<TaskReference> references, Func<string, ResolvedRecipe?> find)
    {
        foreach (var reference in references)
        {
            if (find(reference.Name) is not { } other) continue;
            var task = other.TaskNumber(reference.Task);
            if (task >= 0) Add(task);
            else ReportUnknownTask(recipe, spec.Name, flag, reference.Task, other);
        }
    }

    private void ReportUnknownTask(ResolvedRecipe recipe, string task, string flag, string wanted, ResolvedRecipe other) =>
        diagnostics.Add(GraphRules.UnknownTaskDependency(
            Places.Of(recipe.Recipe, task, flag, wanted), $"{recipe.FullName}:{task}", flag, other.FullName, wanted,
            Suggest.Nearest(wanted, other.Tasks.Select(t => t.Name))));
}
