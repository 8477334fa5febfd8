namespace Strata.Metadata.Caching;

/// <summary>Numbers things from 0 in the order in which they are first asked for.</summary>
internal sealed class Numbering<T>(IEqualityComparer<T> comparer)
    where T : notnull
{
    private readonly Dictionary<T, int> _numbers = new(comparer);
    private readonly List<T> _items = [];

    public IReadOnlyList<T> Items => _items;

    public int Of(T item)
    {
        if (_numbers.TryGetValue(item, out var known)) return known;
        _items.Add(item);
        return _numbers[item] = _items.Count - 1;
    }
}
