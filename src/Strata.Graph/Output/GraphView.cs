using System.Collections.Immutable;

namespace Strata.Graph.Output;

/// <summary>The part of a graph that is shown: tasks and edges by number, dependencies before their dependants.</summary>
/// <param name="Graph">Where the tasks come from; a task's number is its place there.</param>
/// <param name="Edges">By task: what it depends on.</param>
public sealed record GraphView(TaskGraph Graph, ImmutableArray<ImmutableArray<int>> Edges)
{
    /// <param name="graph">All its tasks are shown.</param>
    /// <param name="reduce">Without edges that a longer way makes unnecessary.</param>
    public static GraphView Of(TaskGraph graph, bool reduce)
    {
        ImmutableArray<ImmutableArray<int>> edges = [.. graph.Tasks.Select(t => t.Dependencies.Select(d => d.Index).ToImmutableArray())];
        return new(graph, reduce ? Reduction.Of(edges) : edges);
    }

    public IEnumerable<TaskNode> TasksByName => Graph.Tasks.OrderBy(t => t.Name, StringComparer.Ordinal);

    /// <summary>The names of what a task depends on; sorted.</summary>
    public IEnumerable<string> DependenciesOf(TaskNode task) => Edges[task.Id.Index].Select(d => Graph.Tasks[d].Name).Order(StringComparer.Ordinal);
}
