using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Strata.Core;
using Strata.Metadata.Evaluation;
using Strata.Metadata.Names;

namespace Strata.Metadata.Layers;

/// <summary>The recipes and appends that BBFILES finds, low layer priority first, without those that BBMASK hides.</summary>
internal sealed class RecipeFiles
{
    private readonly Dictionary<string, List<string>> _exactAppends = new(StringComparer.Ordinal);
    private readonly List<(string Prefix, int Index)> _patternAppends = [];
    private readonly List<string> _appends = [];

    public RecipeFiles(Datastore configuration, LayerPatterns layers, MetadataFiles files, Diagnostics diagnostics)
    {
        var patterns = Words.Of(configuration.Get("BBFILES")).OrderBy(p => layers.LayerOf(p)?.Priority ?? 0);   // stable: equal ones stay in order
        var mask = ReadMask(configuration, diagnostics);
        var found = patterns.SelectMany(p => FilePattern.Match(p, files, configuration.PlaceOf(Name.Of("BBFILES")))).Distinct(StringComparer.Ordinal).ToArray();
        var visible = found.Where(f => mask is null || !mask.IsMatch(f)).ToArray();
        Masked = found.Length - visible.Length;
        Recipes = [.. visible.Where(f => f.EndsWith(".bb", StringComparison.Ordinal))];
        _appends.AddRange(visible.Where(f => f.EndsWith(".bbappend", StringComparison.Ordinal)));
        for (var i = 0; i < _appends.Count; i++) Register(i);
        ReportDangling(configuration, diagnostics);
    }

    public ImmutableArray<string> Recipes { get; }

    public int Masked { get; }

    /// <summary>The appends of a recipe file, in the order they apply. What stands after a <c>%</c> in an append's name is ignored.</summary>
    public ImmutableArray<string> AppendsOf(string recipe)
    {
        var name = Path.GetFileName(recipe);
        var exact = _exactAppends.GetValueOrDefault(name, []);
        var wild = _patternAppends.Where(p => name.StartsWith(p.Prefix, StringComparison.Ordinal)).Select(p => _appends[p.Index]).ToHashSet();
        return wild.Count == 0 ? [.. exact] : [.. _appends.Where(a => wild.Contains(a) || exact.Contains(a))];
    }

    private void Register(int index)
    {
        var name = Path.GetFileName(_appends[index]).Replace(".bbappend", ".bb", StringComparison.Ordinal);
        if (name.IndexOf('%') is >= 0 and var wild) _patternAppends.Add((name[..wild], index));
        else if (_exactAppends.TryGetValue(name, out var others)) others.Add(_appends[index]);
        else _exactAppends[name] = [_appends[index]];
    }

    private void ReportDangling(Datastore configuration, Diagnostics diagnostics)
    {
        if (_appends.Count == 0) return;
        var used = Recipes.SelectMany(r => AppendsOf(r)).ToHashSet(StringComparer.Ordinal);
        var allowed = configuration.Get("BB_DANGLINGAPPENDS_WARNONLY")?.ToLowerInvariant() is "1" or "yes" or "true";
        var names = Recipes.Select(r => Path.GetFileNameWithoutExtension(r)).Distinct().ToArray();
        foreach (var append in _appends.Where(a => !used.Contains(a))) diagnostics.Add(MetadataRules.DanglingAppend(append, allowed, names));
    }

    private static Regex? ReadMask(Datastore configuration, Diagnostics diagnostics)
    {
        List<string> masks = [];
        foreach (var mask in Words.Of(configuration.Get("BBMASK")).Select(m => m.StartsWith('|') ? m[1..] : m))
        {
            try
            {
                _ = PythonPattern.Anywhere(mask);
                masks.Add(mask);
            }
            catch (ArgumentException e)
            {
                diagnostics.Add(MetadataRules.BadMask(configuration.PlaceOf(Name.Of("BBMASK")), mask, e.Message));
            }
        }
        return masks.Count == 0 ? null : PythonPattern.Anywhere(string.Join('|', masks));
    }
}
