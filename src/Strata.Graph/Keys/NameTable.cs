using System.Collections.Concurrent;

namespace Strata.Graph.Keys;

/// <summary>Numbers for names, so that sets of them can be marks in an array. The numbers depend on threads: nothing may be ordered by them.</summary>
internal sealed class NameTable
{
    private readonly ConcurrentDictionary<string, int> _numbers = new(StringComparer.Ordinal);
    private readonly Lock _gate = new();
    private volatile string[] _names = new string[1024];
    private int _count;

    public string this[int number] => _names[number];

    public int Of(string name) => _numbers.TryGetValue(name, out var known) ? known : Add(name);

    private int Add(string name)
    {
        lock (_gate)
        {
            if (_numbers.TryGetValue(name, out var known)) return known;
            if (_count == _names.Length)
            {
                var grown = new string[2 * _count];
                _names.CopyTo(grown, 0);
                _names = grown;
            }
            _names[_count] = name;
            _numbers[name] = _count;
            return _count++;
        }
    }
}
