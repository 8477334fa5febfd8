using System.Collections.Immutable;

namespace Strata.Graph;

/// <summary>Lets configurations share what they have in common.</summary>
public static class SharedTasks
{
    /// <summary>
    /// The graph in which cached tasks with equal keys are one task, that of the first configuration, and what nobody needs any more is gone.
    /// Work tasks stay apart: each belongs to the work directory of its own recipe.
    /// </summary>
    public static TaskGraph Of(TaskGraph graph)
    {
        var first = new Dictionary<Core.Digest, int>();
        var shared = graph.Tasks.Select((t, i) => t.Kind is TaskKind.Cached && !first.TryAdd(t.DeepDigest, i) ? first[t.DeepDigest] : i).ToArray();
        if (shared.Select((s, i) => s == i).All(own => own)) return graph;

        var needed = new bool[graph.Tasks.Length];
        var open = new Stack<int>(graph.Targets.Select(t => shared[t.Index]));
        while (open.TryPop(out var next))
        {
            if (needed[next]) continue;
            needed[next] = true;
            var task = graph.Tasks[next];
            foreach (var other in task.Dependencies.Concat(task.DirectInputs)) open.Push(shared[other.Index]);
        }
        var numbers = new int[graph.Tasks.Length];
        var count = 0;
        for (var i = 0; i < needed.Length; i++)
            if (needed[i]) numbers[i] = count++;
        ImmutableArray<TaskNode> tasks = [.. graph.Tasks.Where((_, i) => needed[i]).Select(t => t.Renumbered(new(numbers[t.Id.Index]), Renumbered(t.Dependencies), Renumbered(t.DirectInputs)))];
        return new TaskGraph(tasks, Renumbered(graph.Targets)).Adopt();

        ImmutableArray<TaskId> Renumbered(ImmutableArray<TaskId> old) => [.. old.Select(t => new TaskId(numbers[shared[t.Index]])).Distinct()];
    }
}
