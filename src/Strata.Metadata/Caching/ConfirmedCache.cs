namespace Strata.Metadata.Caching;

/// <summary>The cache compared with the disk.</summary>
internal sealed class ConfirmedCache
{
    private readonly bool[] _isStale;
    private readonly bool _anyStale;

    private ConfirmedCache(CacheContent content, KnownInput?[] confirmed)
    {
        Content = content;
        Inputs = confirmed;
        _isStale = Array.ConvertAll(confirmed, i => i is null);
        _anyStale = _isStale.Contains(true);
        IsExact = !_anyStale && !confirmed.Where((input, i) => !ReferenceEquals(input, content.Inputs[i])).Any();
    }

    public CacheContent Content { get; }

    /// <summary>The inputs as they are now; null for those that changed.</summary>
    public KnownInput?[] Inputs { get; }

    /// <summary>Every stamp is still the same, so there is nothing to write down anew.</summary>
    public bool IsExact { get; }

    public static ConfirmedCache Of(CacheContent content) => new(content, [.. content.Inputs.Select(i => i.Confirm(content.Begun))]);

    public bool Holds(ReadOnlyMemory<byte> inputs) => !_anyStale || !NumberList.HasAny(inputs, _isStale);

    public IEnumerable<KnownInput> InputsOf(ReadOnlyMemory<byte> numbers) => NumberList.Decode(numbers).Select(i => Inputs[i]!);
}
