using System.Collections.Immutable;
using Strata.Core;
using Strata.Metadata.Names;

namespace Strata.Metadata.Layers;

/// <summary>Turns what layer.conf files have set into layers: priorities, dependencies between layers, what files they own.</summary>
internal sealed class LayerReader(Datastore store, IReadOnlyDictionary<string, string> directories, Diagnostics diagnostics)
{
    private readonly string[] _names = Words.Of(store.Get("BBFILE_COLLECTIONS"));
    private readonly Dictionary<string, int> _priorities = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<string>> _needs = new(StringComparer.Ordinal);
    private int _lowest;

    /// <summary>In the order of BBFILE_COLLECTIONS. Errors are reported; what can be read of the layers is returned all the same.</summary>
    public ImmutableArray<Layer> Read()
    {
        foreach (var name in _names)
        {
            ReadPriority(name);
            _needs[name] = [.. ReadDependencies(name), .. ReadRecommendations(name)];
        }
        var layers = ImmutableArray.CreateBuilder<Layer>();
        foreach (var name in _names)
        {
            var pattern = store.Get($"BBFILE_PATTERN_{name}");
            if (pattern is null) diagnostics.Add(MetadataRules.PatternMissing(PlaceOf(name), name));
            else Validate(name, pattern);
            layers.Add(new(name, directories.GetValueOrDefault(name, ""), PriorityOf(name), pattern ?? "", store.Get($"LAYERVERSION_{name}") ?? ""));
        }
        return layers.DrainToImmutable();
    }

    private void ReadPriority(string name)
    {
        if (store.Get($"BBFILE_PRIORITY_{name}") is not { Length: > 0 } text) return;
        if (!LayerPatterns.TryReadPriority(text, out var priority))
        {
            diagnostics.Add(MetadataRules.BadPriority(PlaceOf($"BBFILE_PRIORITY_{name}", name), name, text));
            return;
        }
        if (_lowest == 0 || priority < _lowest) _lowest = priority;
        _priorities[name] = priority;
    }

    private ImmutableArray<string> ReadDependencies(string name)
    {
        var variable = $"LAYERDEPENDS_{name}";
        try
        {
            var needs = DependencyList.WithVersions(store.Get(variable));
            foreach (var (needed, constraints) in needs)
            {
                if (!_names.Contains(needed)) diagnostics.Add(MetadataRules.LayerDependsMissing(PlaceOf(variable, name), name, needed));
                else foreach (var constraint in constraints) Check(name, variable, needed, constraint);
            }
            return [.. needs.Select(n => n.Name).Where(_names.Contains)];
        }
        catch (FormatException e)
        {
            diagnostics.Add(MetadataRules.BadPattern(PlaceOf(variable, name), variable, store.Get(variable) ?? "", e.Message));
            return [];
        }
    }

    private IEnumerable<string> ReadRecommendations(string name) => DependencyList.Names(store.Get($"LAYERRECOMMENDS_{name}")).Where(_names.Contains);

    private void Check(string name, string variable, string needed, string constraint)
    {
        var version = store.Get($"LAYERVERSION_{needed}");
        var (op, bound) = constraint.Split(' ', 2) is [var o, var b] ? (o, b) : (constraint, "");
        if (version is null || VersionOrder.Satisfies(version, op, bound) is not true)
            diagnostics.Add(MetadataRules.LayerDependsVersion(PlaceOf(variable, name), name, needed, constraint, version));
    }

    private void Validate(string name, string pattern)
    {
        try
        {
            _ = PythonPattern.AtStart(pattern);
        }
        catch (ArgumentException e)
        {
            diagnostics.Add(MetadataRules.BadPattern(PlaceOf($"BBFILE_PATTERN_{name}", name), $"BBFILE_PATTERN_{name}", pattern, e.Message));
        }
    }

    /// <summary>Without an explicit one: one more than the highest layer it depends on, or than the lowest explicit priority.</summary>
    private int PriorityOf(string name)
    {
        if (_priorities.GetValueOrDefault(name) is not 0 and var known) return known;
        _priorities[name] = _lowest + 1;    // ends a circle of dependencies
        return _priorities[name] = _needs[name].Select(PriorityOf).Append(_lowest).Max() + 1;
    }

    private SourceSpan PlaceOf(string variable, string? layer = null)
    {
        var place = store.PlaceOf(Name.Of(variable));
        return place.IsNowhere && directories.TryGetValue(layer ?? variable, out var directory) ? new(Path.Combine(directory, "conf/layer.conf")) : place;
    }
}
