using System.Collections.Concurrent;
using System.Collections.Frozen;
using Strata.Metadata;

namespace Strata.Graph.Keys;

/// <summary>The shapes of variables seen so far. Most recipes have most variables as their configuration and classes make them.</summary>
internal sealed class ShapeTable
{
    // As many classes as usually give one function a body of their own.
    private const int MostPerName = 8;

    private readonly ConcurrentDictionary<string, VariableShape[]> _shapes = new(StringComparer.Ordinal);

    public VariableShape? Find(string name, in VariableEntry entry, FrozenSet<string> excludedFlags)
    {
        foreach (var shape in _shapes.GetValueOrDefault(name) ?? [])
            if (shape.Fits(entry, excludedFlags)) return shape;
        return null;
    }

    /// <summary>Which ones are kept does not show: a shape depends on its texts alone.</summary>
    public void Add(string name, VariableShape shape) => _shapes.AddOrUpdate(name,
        static (_, added) => [added],
        static (_, known, added) => known.Length < MostPerName ? [.. known, added] : known,
        shape);
}
