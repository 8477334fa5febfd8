using Strata.Metadata.Names;

namespace Strata.Metadata;

/// <summary>
/// The names registered as variants of one variable, in order. Immutable. Some variables have one for every recipe of a layer, and
/// each recipe changes a few of them: a change of a large set is kept as a difference to it.
/// </summary>
internal sealed class VariantSet
{
    private const int Small = 32;
    private const int MostChanges = 64;

    private readonly VariantSet? _below;
    private readonly Variant[] _added;
    private readonly Name[] _removed;
    private Variant[]? _items;
    private HashSet<Name>? _names;

    private VariantSet(VariantSet? below, Variant[] added, Name[] removed)
    {
        (_below, _added, _removed) = (below, added, removed);
        if (below is null) _items = added;
    }

    public static VariantSet Empty { get; } = new(null, [], []);

    public bool IsEmpty => _below is null && _added.Length == 0;

    public Variant[] Items => _items ??= [.. Array.FindAll(_below!.Items, v => !_removed.Contains(v.Name)), .. _added];

    public static VariantSet Of(IEnumerable<Variant> variants) => new(null, [.. variants], []);

    public bool Contains(Name name)
    {
        foreach (var variant in _added.Length <= Small ? _added : [])
            if (ReferenceEquals(variant.Name, name)) return true;
        if (_added.Length > Small && (_names ??= [.. _added.Select(v => v.Name)]).Contains(name)) return true;
        return _below is not null && !_removed.Contains(name) && _below.Contains(name);
    }

    /// <summary>The same set as one array, to start new differences from.</summary>
    public VariantSet Flatten() => _below is null ? this : new(null, Items, []);

    public VariantSet Add(Variant variant)
    {
        if (_below is not null && _added.Length + _removed.Length < MostChanges) return new(_below, [.. _added, variant], _removed);
        if (Items.Length < Small || _below is not null) return new(null, [.. Items, variant], []);
        return new(this, [variant], []);
    }

    public VariantSet Remove(Name name)
    {
        if (!Contains(name)) return this;
        if (_below is null && _added.Length > Small) return new(this, [], [name]);
        if (_below is null || _added.Length + _removed.Length >= MostChanges) return new(null, Array.FindAll(Items, v => v.Name != name), []);
        var added = Array.FindAll(_added, v => v.Name != name);
        return added.Length < _added.Length ? new(_below, added, _removed) : new(_below, _added, [.. _removed, name]);
    }
}
