using System.Collections.Immutable;
using Strata.Metadata;

namespace Strata.Cli.Layers;

/// <summary>Which layers belong together.</summary>
internal sealed class LayerSets(ImmutableArray<Layer> layers, ImmutableArray<LayerDependency> dependencies)
{
    /// <summary>The layer, what it needs, what that needs …, in the order of the workspace.</summary>
    public ImmutableArray<string> WithNeeds(Layer layer) => Directories(Closure(layer.Name, d => d.Layer, d => d.Needed));

    /// <summary>All layers but this one and those that cannot be without it.</summary>
    public ImmutableArray<string> Without(Layer layer)
    {
        var gone = Closure(layer.Name, d => d.Needed, d => d.Layer);
        return Directories([.. layers.Select(l => l.Name).Where(n => !gone.Contains(n))]);
    }

    /// <summary>The names of the layers that go together with this one.</summary>
    public ImmutableArray<string> GoWith(Layer layer) => [.. Closure(layer.Name, d => d.Needed, d => d.Layer).Where(n => n != layer.Name).Order(StringComparer.Ordinal)];

    private HashSet<string> Closure(string start, Func<LayerDependency, string> from, Func<LayerDependency, string> to)
    {
        HashSet<string> found = new(StringComparer.Ordinal) { start };
        var open = new Queue<string>([start]);
        while (open.TryDequeue(out var name))
            foreach (var next in dependencies.Where(d => d.IsRequired && from(d) == name).Select(to))
                if (found.Add(next)) open.Enqueue(next);
        return found;
    }

    private ImmutableArray<string> Directories(HashSet<string> names) => [.. layers.Where(l => names.Contains(l.Name) && l.Directory.Length > 0).Select(l => l.Directory)];
}
