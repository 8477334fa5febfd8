namespace Strata.Metadata.Caching;

/// <summary>Numbers inputs by path. What the earlier load saw and what this one saw at the same path become one.</summary>
internal sealed class InputNumbers
{
    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
    private readonly List<KnownInput> _items = [];

    public IReadOnlyList<KnownInput> Items => _items;

    /// <summary>A path was seen in two states: it changed while the load ran, and nothing of it may be remembered.</summary>
    public bool HasContradiction { get; private set; }

    public int Of(KnownInput input)
    {
        if (!_numbers.TryGetValue(input.Path, out var number))
        {
            _items.Add(input);
            return _numbers[input.Path] = _items.Count - 1;
        }
        var known = _items[number];
        HasContradiction |= !known.AgreesWith(input);
        if (input.Use > known.Use) _items[number] = input;
        return number;
    }
}
