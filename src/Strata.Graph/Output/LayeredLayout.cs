using System.Collections.Immutable;

namespace Strata.Graph.Output;

/// <summary>
/// Puts nodes into layers, so that edges lead from left to right, and orders each layer so that few of them cross (the method of Sugiyama,
/// Tagawa and Toda). An edge over several layers gets a waypoint in each layer it crosses. The same graph gives the same layout.
/// </summary>
internal sealed class LayeredLayout
{
    private const int Sweeps = 8;

    private readonly List<List<int>> _below = [];
    private readonly List<List<int>> _above = [];
    private readonly List<int> _layerOf = [];
    private readonly List<List<int>> _layers = [];
    private readonly int _count;

    /// <param name="edges">By node, the nodes it leads to. Circles are allowed: they are cut at the edge that closes them.</param>
    public LayeredLayout(IReadOnlyList<IReadOnlyList<int>> edges)
    {
        _count = edges.Count;
        var order = TopDown(edges, out var position);
        for (var node = 0; node < _count; node++) AddSlot(0);
        foreach (var node in order)
            foreach (var next in edges[node])
                if (position[next] > position[node]) _layerOf[next] = Math.Max(_layerOf[next], _layerOf[node] + 1);
        var routes = ImmutableArray.CreateBuilder<Route>();
        foreach (var node in order)
            foreach (var next in edges[node])
                if (next != node) routes.Add(position[next] > position[node] ? RouteFrom(node, next, node, next) : RouteFrom(next, node, node, next));
        Routes = routes.DrainToImmutable();
        FillLayers(order);
        for (var sweep = 0; sweep < Sweeps; sweep++) Sweep(down: sweep % 2 == 0);
        Layers = [.. _layers.Select(l => l.ToImmutableArray())];
    }

    /// <summary>By layer, from the first, its slots in order. Slots below the number of nodes are nodes, the others waypoints.</summary>
    public ImmutableArray<ImmutableArray<int>> Layers { get; }

    public ImmutableArray<Route> Routes { get; }

    public bool IsNode(int slot) => slot < _count;

    /// <summary>The slots that an edge passes, from the leftmost; <paramref name="From"/> and <paramref name="To"/> are its ends as given.</summary>
    internal readonly record struct Route(int From, int To, ImmutableArray<int> Slots);

    /// <summary>Every node before those it leads to, but for edges that close a circle.</summary>
    private static List<int> TopDown(IReadOnlyList<IReadOnlyList<int>> edges, out int[] position)
    {
        var done = new List<int>(edges.Count);
        var seen = new bool[edges.Count];
        var path = new Stack<(int Node, int Next)>();
        // Beginning with what nothing leads to, so that circles are cut far from the targets.
        var isLedTo = new bool[edges.Count];
        foreach (var next in edges.SelectMany(e => e)) isLedTo[next] = true;
        foreach (var start in Enumerable.Range(0, edges.Count).OrderBy(n => isLedTo[n]))
        {
            if (seen[start]) continue;
            seen[start] = true;
            path.Push((start, 0));
            while (path.TryPop(out var top))
            {
                if (top.Next == edges[top.Node].Count)
                {
                    done.Add(top.Node);
                    continue;
                }
                path.Push((top.Node, top.Next + 1));
                var next = edges[top.Node][top.Next];
                if (seen[next]) continue;
                seen[next] = true;
                path.Push((next, 0));
            }
        }
        done.Reverse();
        position = new int[edges.Count];
        for (var i = 0; i < done.Count; i++) position[done[i]] = i;
        return done;
    }

    private int AddSlot(int layer)
    {
        _below.Add([]);
        _above.Add([]);
        _layerOf.Add(layer);
        return _layerOf.Count - 1;
    }

    private Route RouteFrom(int upper, int lower, int from, int to)
    {
        var slots = ImmutableArray.CreateBuilder<int>();
        slots.Add(upper);
        for (var layer = _layerOf[upper] + 1; layer < _layerOf[lower]; layer++) slots.Add(AddSlot(layer));
        slots.Add(lower);
        for (var i = 1; i < slots.Count; i++)
        {
            _below[slots[i - 1]].Add(slots[i]);
            _above[slots[i]].Add(slots[i - 1]);
        }
        return new(from, to, slots.DrainToImmutable());
    }

    private void FillLayers(List<int> order)
    {
        foreach (var slot in order.Concat(Enumerable.Range(_count, _layerOf.Count - _count)))
        {
            while (_layers.Count <= _layerOf[slot]) _layers.Add([]);
            _layers[_layerOf[slot]].Add(slot);
        }
    }

    /// <summary>Moves every slot to the mean place of its neighbours in the layer before, or behind.</summary>
    private void Sweep(bool down)
    {
        var place = new double[_layerOf.Count];
        foreach (var layer in down ? _layers : _layers.AsEnumerable().Reverse())
        {
            var neighbours = down ? _above : _below;
            var wanted = layer.Select((slot, i) => (Slot: slot, Place: neighbours[slot].Count == 0 ? (i + 0.5) / layer.Count : neighbours[slot].Average(n => place[n])))
                .OrderBy(s => s.Place).ToList();
            for (var i = 0; i < layer.Count; i++)
            {
                layer[i] = wanted[i].Slot;
                place[layer[i]] = (i + 0.5) / layer.Count;
            }
        }
    }
}
