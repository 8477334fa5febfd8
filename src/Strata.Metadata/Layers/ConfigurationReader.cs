using System.Collections.Immutable;
using System.Text;
using Strata.Core;
using Strata.Metadata.Evaluation;
using Strata.Metadata.Names;

namespace Strata.Metadata.Layers;

/// <summary>
/// The configuration in BitBake's order: bblayers.conf, every layer.conf, BBFILES_DYNAMIC, conf/bitbake.conf with all it includes,
/// then the base class and the classes of INHERIT.
/// </summary>
internal sealed class ConfigurationReader(MetadataRequest request, MetadataFiles files, Diagnostics diagnostics)
{
    private readonly Dictionary<string, string> _directories = new(StringComparer.Ordinal);
    private Datastore _store = new();

    public Datastore Store => _store;

    public ImmutableArray<Layer> Layers { get; private set; } = [];

    /// <exception cref="MetadataException">The configuration is unusable.</exception>
    /// <exception cref="ExpansionException">A value that the configuration needs cannot be expanded.</exception>
    public void Read()
    {
        // Not exported: choosing a machine on the command line must give the keys that choosing it in local.conf gives.
        _store.Messages = diagnostics;
        _store.Surroundings = new() { BuildArchitecture = request.BuildArchitecture, Processors = request.Processors };
        foreach (var (name, value) in request.Variables) _store.Set(name, value);
        _store.Set("TOPDIR", request.TopDirectory);
        _store.Set("BB_CURRENT_MC", request.Multiconfig);
        ReadLayerList();
        AddDynamicFiles();
        CheckSeries();
        var evaluator = ReadBaseConfiguration();
        foreach (var name in (string[])["base", .. Words.Of(_store.Get("INHERIT"))]) evaluator.Inherit(new(PlaceOf("INHERIT"), name, IsDeferred: false));
        Layers = new LayerReader(_store, _directories, diagnostics).Read();
    }

    private void ReadLayerList()
    {
        var list = Path.Combine(request.TopDirectory, "conf/bblayers.conf");
        if (!files.Exists(list)) throw new MetadataException(MetadataRules.NoWorkspace(request.TopDirectory));
        Evaluate(list);
        if (request.Layers is { } chosen) _store.Set("BBLAYERS", string.Join(' ', chosen));
        var layers = Words.Of(_store.Get("BBLAYERS"));
        if (layers.Length == 0) throw new MetadataException(MetadataRules.NoLayers(PlaceOf("BBLAYERS", list)));
        var missing = layers.Where(l => !files.Exists(l)).ToArray();
        foreach (var layer in missing) diagnostics.Add(MetadataRules.LayerMissing(PlaceOf("BBLAYERS", list), layer));
        if (missing.Length > 0) throw new MetadataException(MetadataRules.LayerMissing(PlaceOf("BBLAYERS", list), missing[0]));

        _store = _store.Copy();     // what is changed from here on gets its LAYERDIR replaced
        foreach (var layer in layers) ReadLayer(layer.TrimEnd('/'));
        foreach (var name in (string[])["LAYERDIR_RE", "LAYERDIR"]) _store.Delete(Name.Of(name), statement: null);
    }

    private void ReadLayer(string directory)
    {
        var file = directory + "/conf/layer.conf";
        if (!files.Exists(file)) return;
        var before = Words.Of(_store.Get("BBFILE_COLLECTIONS"));
        _store.Set("LAYERDIR", directory);
        _store.Set("LAYERDIR_RE", Escape(directory));
        Evaluate(file);
        ReplaceReferences("LAYERDIR");
        ReplaceReferences("LAYERDIR_RE");
        foreach (var name in Words.Of(_store.Get("BBFILE_COLLECTIONS")).Except(before)) _directories[name] = directory;
    }

    /// <summary>Puts the value of the variable into every text that refers to it: a hard set, which bakes edits and defaults in.</summary>
    private void ReplaceReferences(string variable)
    {
        var reference = $"${{{variable}}}";
        var value = _store.GetUnexpanded(variable) ?? "";
        foreach (var name in _store.OwnNames())
            if (_store.ReadUnexpanded(name) is { } text && text.Contains(reference, StringComparison.Ordinal))
                _store.SetHard(name, text.Replace(reference, value, StringComparison.Ordinal));
    }

    private void AddDynamicFiles()
    {
        var collections = Words.Of(_store.Get("BBFILE_COLLECTIONS"));
        foreach (var entry in Words.Of(_store.Get("BBFILES_DYNAMIC")))
        {
            if (entry.Split(':', 2) is not [{ Length: > 0 } condition, var pattern])
                throw new MetadataException(MetadataRules.BadDynamic(PlaceOf("BBFILES_DYNAMIC"), entry));
            var isWanted = condition[0] == '!' ? !collections.Contains(condition[1..]) : collections.Contains(condition);
            if (isWanted) _store.Set("BBFILES", $"{_store.GetUnexpanded("BBFILES")} {pattern}");
        }
    }

    private void CheckSeries()
    {
        var core = Words.Of(_store.Get("LAYERSERIES_CORENAMES")).Distinct().Order(StringComparer.Ordinal).ToArray();
        var names = Words.Of(_store.Get("BBFILE_COLLECTIONS"));
        foreach (var name in names)
        {
            var place = LayerPlace(name);
            if (names.Count(n => n == name) > 1) throw new MetadataException(MetadataRules.CollectionTwice(place, name));
            var compatible = Words.Of(_store.Get($"LAYERSERIES_COMPAT_{name}"));
            if (compatible.Length == 0) diagnostics.Add(MetadataRules.SeriesMissing(place, name, string.Join(' ', core)));
            else if (core.Length == 0) throw new MetadataException(MetadataRules.NoCoreLayer(place, name));
            else if (!compatible.Intersect(core).Any())
                throw new MetadataException(MetadataRules.SeriesMismatch(PlaceOf($"LAYERSERIES_COMPAT_{name}", place.File), name, string.Join(' ', compatible), string.Join(' ', core)));
        }
        _store.Set("LAYERSERIES_CORENAMES", string.Join(' ', core));
    }

    private Evaluator ReadBaseConfiguration()
    {
        if (files.Find(_store.Get("BBPATH") ?? "", "conf/bitbake.conf") is not { } file)
            throw new MetadataException(MetadataRules.NoBaseConfiguration(PlaceOf("BBLAYERS")));
        return Evaluate(file);
    }

    /// <summary>BitBake's hash over the configuration expands every variant in force, so a broken one makes everything unusable.</summary>
    /// <exception cref="ExpansionException">One of them cannot be expanded.</exception>
    public void CheckVariants()
    {
        foreach (var name in _store.ListNames().OrderBy(n => n.Text, StringComparer.Ordinal))
        {
            try
            {
                _ = _store.ReadUnexpanded(name);
            }
            catch (ExpansionException e) when (e.IsOutOfReach)
            {
                // Fine until a recipe reads it.
            }
        }
    }

    private Evaluator Evaluate(string file)
    {
        var evaluator = new Evaluator(_store, files, diagnostics, "classes-global");
        evaluator.EvaluateFile(file);
        return evaluator;
    }

    private SourceSpan PlaceOf(string variable, string file = "") => _store.PlaceOf(Name.Of(variable)) is { IsNowhere: false } place ? place : new(file);

    private SourceSpan LayerPlace(string layer) => _directories.TryGetValue(layer, out var directory) ? new(directory + "/conf/layer.conf") : default;

    /// <summary>Python's <c>re.escape</c>.</summary>
    private static string Escape(string text)
    {
        var escaped = new StringBuilder();
        foreach (var c in text) _ = (@"()[]{}?*+-|^$\.&~# ".Contains(c) ? escaped.Append('\\') : escaped).Append(c);
        return escaped.ToString();
    }
}
