using System.Collections.Immutable;

namespace Strata.Graph.Output;

/// <summary>The smallest graph with the same reachability.</summary>
internal static class Reduction
{
    /// <param name="edges">By node; every edge leads to a lower number.</param>
    public static ImmutableArray<ImmutableArray<int>> Of(ImmutableArray<ImmutableArray<int>> edges)
    {
        var seenBy = new int[edges.Length];
        var open = new Stack<int>();
        return [.. edges.Select((dependencies, node) => Reduced(dependencies, node))];

        // The highest first: what it reaches needs no edge of its own.
        ImmutableArray<int> Reduced(ImmutableArray<int> dependencies, int node)
        {
            if (dependencies.Length < 2) return dependencies;
            var lowest = dependencies.Min();
            var kept = new List<int>();
            foreach (var dependency in dependencies.Order().Reverse())
            {
                if (seenBy[dependency] == node) continue;
                kept.Add(dependency);
                open.Push(dependency);
                while (open.TryPop(out var next))
                    foreach (var below in edges[next])
                        if (below >= lowest && seenBy[below] != node)
                        {
                            seenBy[below] = node;
                            open.Push(below);
                        }
            }
            return [.. dependencies.Where(kept.Contains)];
        }
    }
}
