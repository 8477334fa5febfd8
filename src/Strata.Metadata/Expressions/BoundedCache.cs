using System.Collections.Concurrent;

namespace Strata.Metadata.Expressions;

/// <summary>Remembers results by key for all threads; forgets everything when full, which costs time but never a result.</summary>
internal sealed class BoundedCache<TKey, TValue>(int capacity, IEqualityComparer<TKey> comparer)
    where TKey : notnull
{
    private readonly ConcurrentDictionary<TKey, TValue> _entries = new(comparer);
    private int _count;

    public TValue Get(TKey key, Func<TKey, TValue> make)
    {
        if (_entries.TryGetValue(key, out var known)) return known;
        var value = make(key);
        if (Interlocked.Increment(ref _count) > capacity)
        {
            _entries.Clear();
            _ = Interlocked.Exchange(ref _count, 1);
        }
        _ = _entries.TryAdd(key, value);
        return value;
    }
}
