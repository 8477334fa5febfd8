using System.Collections.Immutable;
using Strata.Graph;
using Strata.Metadata;

namespace Strata.Corpus;

/// <summary>
/// The order in which BitBake's default scheduler starts tasks when only one may run: of those whose dependencies are done, the one
/// that most others wait for. Of equals, the one whose recipe was met last, and the last one of that recipe.
/// </summary>
internal static class TaskOrder
{
    /// <summary>A task that nothing waits for weighs ten; any other one more than all that wait for it together.</summary>
    private const int WeightOfEnd = 10;

    /// <summary>All tasks, the first choice first.</summary>
    public static ImmutableArray<TaskNode> Of(TaskGraph graph, LoadedMetadata metadata)
    {
        var weights = Weights(graph);
        var met = RecipesInOrder(graph);
        return [.. graph.Tasks.OrderByDescending(t => weights[t.Id.Index]).ThenByDescending(t => met[Key(t)]).ThenByDescending(t => PlaceInRecipe(t, metadata))];
    }

    private static long[] Weights(TaskGraph graph)
    {
        var weights = new long[graph.Tasks.Length];
        var waited = new bool[graph.Tasks.Length];
        foreach (var dependency in graph.Tasks.SelectMany(t => t.Dependencies)) waited[dependency.Index] = true;
        for (var i = 0; i < weights.Length; i++) weights[i] = waited[i] ? 1 : WeightOfEnd;
        for (var i = weights.Length - 1; i >= 0; i--)
            foreach (var dependency in graph.Tasks[i].Dependencies) weights[dependency.Index] += weights[i];
        return weights;
    }

    /// <summary>From the targets on, near before far.</summary>
    private static Dictionary<string, int> RecipesInOrder(TaskGraph graph)
    {
        var order = new Dictionary<string, int>(StringComparer.Ordinal);
        var seen = new HashSet<TaskId>(graph.Targets);
        var open = new Queue<TaskId>(graph.Targets);
        while (open.TryDequeue(out var id))
        {
            var task = graph[id];
            _ = order.TryAdd(Key(task), order.Count);
            foreach (var dependency in task.Dependencies.Where(seen.Add)) open.Enqueue(dependency);
        }
        return order;
    }

    private static string Key(TaskNode task) => task.ConfigurationPrefix + task.RecipeFile + task.RecipeName;

    private static int PlaceInRecipe(TaskNode task, LoadedMetadata metadata)
    {
        return metadata.RecipeOf(task).Tasks.Select(t => t.Name).ToList().IndexOf(task.TaskName);
    }
}
