namespace Strata.Graph.Building;

/// <summary>The tasks that the targets reach, dependencies first. The order depends on the targets and the edges only.</summary>
internal sealed class Reach
{
    private readonly EdgeTable _edges;
    private readonly State[] _states;
    private readonly Stack<(int Task, int Next)> _path = new();
    private readonly List<int> _order = [];

    private Reach(EdgeTable edges) => (_edges, _states) = (edges, new State[edges.Count]);

    private enum State : byte
    {
        Unseen,
        Open,
        Done,
    }

    /// <summary>Either an order, or the tasks of a circle, each depending on the next and the last on the first.</summary>
    public static (List<int> Order, List<int>? Circle) From(IEnumerable<int> targets, EdgeTable edges)
    {
        var reach = new Reach(edges);
        foreach (var target in targets)
            if (reach.Visit(target) is { } circle) return (reach._order, circle);
        return (reach._order, null);
    }

    /// <summary>Depth first with a stack of its own: chains may be longer than a thread's stack allows.</summary>
    private List<int>? Visit(int target)
    {
        if (_states[target] == State.Unseen) Open(target);
        while (_path.TryPop(out var top))
        {
            if (top.Next == _edges[top.Task].Length)
            {
                _states[top.Task] = State.Done;
                _order.Add(top.Task);
                continue;
            }
            _path.Push((top.Task, top.Next + 1));
            var dependency = _edges[top.Task][top.Next];
            if (_states[dependency] == State.Open) return Circle(dependency);
            if (_states[dependency] == State.Unseen) Open(dependency);
        }
        return null;
    }

    private void Open(int task)
    {
        _states[task] = State.Open;
        _path.Push((task, 0));
    }

    private List<int> Circle(int start) => [.. _path.Select(p => p.Task).TakeWhile(t => t != start).Append(start).Reverse()];
}
