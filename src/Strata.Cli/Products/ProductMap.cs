using System.Collections.Immutable;
using Strata.Core;

namespace Strata.Cli.Products;

/// <summary>Keys in the order in which they first appeared.</summary>
public sealed record ProductMap(SourceSpan At, ImmutableArray<ProductEntry> Entries) : ProductNode(At)
{
    public static ProductMap Empty { get; } = new(default, []);

    public ProductEntry? Entry(string key) => Entries.FirstOrDefault(e => e.Key == key);

    /// <summary>Null as well when the value is the null of YAML.</summary>
    public ProductNode? Find(string key) => Entry(key)?.Value is { } value && value is not ProductText { IsNull: true } ? value : null;

    public string? Text(string key) => (Find(key) as ProductText)?.Value;

    /// <summary>The map below a key; an empty one if there is none.</summary>
    public ProductMap Map(string key) => Find(key) as ProductMap ?? Empty;

    /// <summary>What <paramref name="later"/> says wins; only maps are merged, lists are replaced.</summary>
    public ProductMap With(ProductMap later)
    {
        var entries = Entries.ToList();
        foreach (var entry in later.Entries)
        {
            var at = entries.FindIndex(e => e.Key == entry.Key);
            if (at < 0) entries.Add(entry);
            else if (entries[at].Value is ProductMap before && entry.Value is ProductMap after) entries[at] = entry with { Value = before.With(after) };
            else entries[at] = entry;
        }
        return new(At, [.. entries]);
    }
}
