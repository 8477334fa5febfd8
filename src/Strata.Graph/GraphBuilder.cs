using System.Collections.Immutable;
using Strata.Core;
using Strata.Graph.Building;
using Strata.Graph.Providers;
using Strata.Metadata;

namespace Strata.Graph;

/// <summary>From recipes and targets to the graph of tasks.</summary>
public static class GraphBuilder
{
    /// <summary>Null if there are errors, which are all in <paramref name="diagnostics"/>. The result does not depend on threads.</summary>
    public static TaskGraph? Build(LoadedMetadata metadata, ImmutableArray<string> targets, Diagnostics diagnostics, CancellationToken cancel)
    {
        // Errors of recipes that nobody asked for, found before, must not stand in the way.
        var found = new Diagnostics();
        TaskGraph? graph = null;
        try
        {
            graph = BuildGraph(metadata, targets, found, cancel);
        }
        catch (ExpansionException e)
        {
            found.Add(e.Diagnostic);
        }
        foreach (var diagnostic in found.Sorted()) diagnostics.Add(diagnostic);
        return found.HasErrors ? null : graph;
    }

    private static TaskGraph? BuildGraph(LoadedMetadata metadata, ImmutableArray<string> targets, Diagnostics diagnostics, CancellationToken cancel)
    {
        if (targets.IsEmpty) diagnostics.Add(GraphRules.NoTargets());
        var table = ProviderTable.Of(metadata.Recipes, diagnostics, cancel);
        var resolution = new Resolution(table, metadata.Configuration, diagnostics);
        var wanted = new List<(Target Target, ResolvedRecipe Recipe)>();
        foreach (var target in targets.SelectMany(t => Target.Parse(t, table, metadata.Configuration, diagnostics)))
            if (resolution.Target(target.Name) is { } recipe) wanted.Add((target, recipe));
        resolution.Complete(cancel);

        var edges = new EdgeTable(resolution, diagnostics);
        var targetTasks = TargetTasks(wanted, diagnostics);
        var (order, circle) = Reach.From(targetTasks, edges);
        if (circle is not null) diagnostics.Add(GraphRules.Circular(PlaceOf(edges, circle[0]), circle.Append(circle[0]).Select(edges.NameOf)));
        if (diagnostics.HasErrors) return null;

        GraphChecks.Check(order, edges, metadata.Configuration, diagnostics);
        var nodes = new NodeBuilder(metadata, edges, resolution, diagnostics).Build(order, cancel);
        if (nodes is null) return null;
        var ids = order.Select((task, i) => (task, i)).ToDictionary(p => p.task, p => new TaskId(p.i));
        return new(nodes.Value, [.. targetTasks.Select(t => ids[t])]);
    }

    private static List<int> TargetTasks(List<(Target Target, ResolvedRecipe Recipe)> wanted, Diagnostics diagnostics)
    {
        var tasks = new List<int>();
        foreach (var (target, recipe) in wanted)
        {
            var task = recipe.TaskNumber(target.Task);
            if (task >= 0 && !tasks.Contains(task)) tasks.Add(task);
            if (task < 0 && !target.IsOptional)
                diagnostics.Add(GraphRules.UnknownTask(new(recipe.Recipe.File), recipe.Name, target.Task, Suggest.Nearest(target.Task, recipe.Tasks.Select(t => t.Name))));
        }
        return tasks;
    }

    private static SourceSpan PlaceOf(EdgeTable edges, int task) => Places.OfTask(edges.RecipeOf(task).Recipe, edges.SpecOf(task).Name);
}
