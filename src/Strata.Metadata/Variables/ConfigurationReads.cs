using System.Numerics;
using Strata.Metadata.Names;

namespace Strata.Metadata;

/// <summary>Collects the names that an evaluation looks up in the configuration, found or not: what its result depends on.</summary>
internal sealed class ConfigurationReads
{
    private ulong[] _bits = [];

    /// <summary>It listed all variables, so it depends on every one.</summary>
    public bool IncludesAll { get; private set; }

    /// <summary>The <see cref="Name.Id"/> of each, rising.</summary>
    public IEnumerable<int> Ids
    {
        get
        {
            for (var i = 0; i < _bits.Length; i++)
                for (var bits = _bits[i]; bits != 0; bits &= bits - 1) yield return (i * 64) + BitOperations.TrailingZeroCount(bits);
        }
    }

    public void Add(Name name)
    {
        var index = name.Id >> 6;
        if (index >= _bits.Length) Array.Resize(ref _bits, Math.Max(index + 1, (Name.Count >> 6) + 1));
        _bits[index] |= 1UL << (name.Id & 63);
    }

    public void AddAll() => IncludesAll = true;
}
