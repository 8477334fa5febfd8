namespace Strata.Graph.Building;

/// <summary>The dependencies of one task in the order they were added; neither itself nor -1 (no such task) gets in.</summary>
internal sealed class OrderedSet(int self)
{
    private readonly List<int> _order = [];
    private readonly HashSet<int> _known = [self, -1];

    public void Add(int task)
    {
        if (_known.Add(task)) _order.Add(task);
    }

    public List<int> ToList() => _order;
}
