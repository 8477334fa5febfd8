using System.Collections.Immutable;
using Strata.Core;
using Strata.Graph.Building;
using Strata.Metadata;

namespace Strata.Graph;

/// <summary>From recipes and targets to the graph of tasks.</summary>
public static class GraphBuilder
{
    /// <summary>Null if there are errors, which are all in <paramref name="diagnostics"/>. The result does not depend on threads.</summary>
    public static TaskGraph? Build(LoadedMetadata metadata, ImmutableArray<string> targets, Diagnostics diagnostics, CancellationToken cancel) =>
        Build(metadata, targets, static _ => { }, diagnostics, cancel);

    /// <param name="prepare">Called once, unless there are errors: may set variables of the recipes that the targets need.</param>
    public static TaskGraph? Build(LoadedMetadata metadata, ImmutableArray<string> targets, Action<UnkeyedBuild> prepare, Diagnostics diagnostics, CancellationToken cancel)
    {
        // Errors of recipes that nobody asked for, found before, must not stand in the way.
        var found = new Diagnostics();
        TaskGraph? graph = null;
        try
        {
            graph = BuildGraph(metadata, targets, prepare, found, cancel);
        }
        catch (ExpansionException e)
        {
            found.Add(e.Diagnostic);
        }
        foreach (var diagnostic in found.Sorted()) diagnostics.Add(diagnostic);
        return found.HasErrors ? null : graph;
    }

    private static TaskGraph? BuildGraph(LoadedMetadata metadata, ImmutableArray<string> targets, Action<UnkeyedBuild> prepare, Diagnostics diagnostics, CancellationToken cancel)
    {
        if (targets.IsEmpty) diagnostics.Add(GraphRules.NoTargets());
        var universe = new Universe(metadata, diagnostics, cancel);
        var wanted = new List<(Target Target, ResolvedRecipe Recipe)>();
        foreach (var target in targets.SelectMany(t => Target.Parse(t, universe, targets.All(Target.IsQualified), diagnostics)))
            if (target.Configuration.Target(target.Name) is { } recipe) wanted.Add((target, recipe));
        universe.Complete(diagnostics, cancel);

        var edges = new EdgeTable(universe, diagnostics);
        var targetTasks = TargetTasks(wanted, diagnostics);
        var (order, circle) = Reach.From(targetTasks, edges);
        if (circle is not null) diagnostics.Add(Circular(circle, edges));
        if (diagnostics.HasErrors) return null;

        GraphChecks.Check(order, edges, diagnostics);
        prepare(new(order, edges));
        return new NodeBuilder(edges, diagnostics).Build(order, targetTasks, cancel);
    }

    private static List<int> TargetTasks(List<(Target Target, ResolvedRecipe Recipe)> wanted, Diagnostics diagnostics)
    {
        var tasks = new List<int>();
        foreach (var (target, recipe) in wanted)
        {
            var task = recipe.TaskNumber(target.Task);
            if (task >= 0 && !tasks.Contains(task)) tasks.Add(task);
            if (task < 0 && !target.IsOptional)
                diagnostics.Add(GraphRules.UnknownTask(new(recipe.Recipe.File), recipe.FullName, target.Task, Suggest.Nearest(target.Task, recipe.Tasks.Select(t => t.Name))));
        }
        return tasks;
    }

    private static Diagnostic Circular(List<int> circle, EdgeTable edges)
    {
        List<int> path = [.. circle, circle[0]];
        return GraphRules.Circular([.. path.Zip(path.Skip(1), (task, dependency) => EdgePlaces.Of(edges, task, dependency))], path.Select(edges.NameOf));
    }
}
