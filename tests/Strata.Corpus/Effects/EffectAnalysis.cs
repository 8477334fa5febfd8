using System.Collections.Immutable;
using System.Text;
using Strata.Metadata;
using Strata.Metadata.Syntax;

namespace Strata.Corpus.Effects;

/// <summary>
/// Says which values of a recipe are made by Python that Strata does not run: anonymous functions and the handlers of the events of
/// parsing, of the recipe's own files and the classes it inherits. Derived from their text alone.
/// </summary>
public sealed class EffectAnalysis
{
    private readonly LoadedMetadata _metadata;
    private readonly PythonLibrary _library;
    private readonly Dictionary<string, MetadataFile> _files = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ImmutableArray<PythonEffect>> _anonymous = new(StringComparer.Ordinal);
    private readonly Dictionary<(string File, string Name), ImmutableArray<PythonEffect>> _handlers = [];

    public EffectAnalysis(LoadedMetadata metadata)
    {
        _metadata = metadata;
        var paths = metadata.Recipes.SelectMany(r => r.Variables.InheritedClasses).Concat(metadata.RecipeFiles).Concat(metadata.Recipes.SelectMany(r => r.Appends)).Distinct(StringComparer.Ordinal);
        foreach (var path in paths) Read(path);
        foreach (var path in metadata.Inputs.Where(p => p.EndsWith(".inc", StringComparison.Ordinal) && File.Exists(p))) Read(path);
        _library = new(_files.Values, metadata.Configuration.Surroundings.Modules.Values);
    }

    /// <summary>Everything that Python writes into this recipe.</summary>
    public ImmutableArray<PythonEffect> Of(Recipe recipe)
    {
        List<PythonEffect> effects = [];
        foreach (var path in FilesOf(recipe))
        {
            effects.AddRange(Anonymous(path));
            foreach (var name in HandlersOf(path, recipe)) effects.AddRange(Handler(path, name));
        }
        return [.. effects];
    }

    /// <summary>Classes, the recipe with its appends, and what they include.</summary>
    public IEnumerable<string> FilesOf(Recipe recipe)
    {
        var queue = new Queue<string>([.. recipe.Variables.InheritedClasses, recipe.File, .. recipe.Appends]);
        HashSet<string> seen = new(StringComparer.Ordinal);
        while (queue.TryDequeue(out var path))
        {
            if (!seen.Add(path) || !_files.TryGetValue(path, out var file)) continue;
            yield return path;
            foreach (var include in file.Statements.OfType<IncludeStatement>())
                foreach (var word in Expanded(recipe, include.Files).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
                    if (Find(recipe, path, word) is { } found) queue.Enqueue(found);
        }
    }

    private string? Find(Recipe recipe, string from, string file) =>
        new[] { Path.GetDirectoryName(from)! }.Concat((recipe.Variables.Get("BBPATH") ?? "").Split(':')).Select(d => Path.Combine(d, file)).FirstOrDefault(_files.ContainsKey);

    private static string Expanded(Recipe recipe, string text)
    {
        try
        {
            return recipe.Variables.Expand(text);
        }
        catch (ExpansionException)
        {
            return "";
        }
    }

    private void Read(string path) => _files[path] = StatementParser.Parse(path, File.ReadAllText(path, Encoding.UTF8));

    private IEnumerable<string> HandlersOf(string path, Recipe recipe) =>
        _files[path].Statements.OfType<FunctionStatement>().Where(f => f is { IsPython: true, Name: not null }).Select(f => f.Name!.Text)
            .Where(n => recipe.Variables.GetFlagUnexpanded(n, "eventmask") is { } mask && (mask.Contains("bb.event.Recipe", StringComparison.Ordinal) || mask.Contains("ConfigParsed", StringComparison.Ordinal)));

    private ImmutableArray<PythonEffect> Anonymous(string path)
    {
        if (_anonymous.TryGetValue(path, out var known)) return known;
        return _anonymous[path] = [.. _files[path].Statements.OfType<FunctionStatement>().Where(f => f.IsAnonymous)
            .SelectMany(f => Effects(path, "anonymous function", f.Body)).Distinct()];
    }

    private ImmutableArray<PythonEffect> Handler(string path, string name)
    {
        if (_handlers.TryGetValue((path, name), out var known)) return known;
        return _handlers[(path, name)] = [.. _files[path].Statements.OfType<FunctionStatement>().Where(f => f.Name?.Text == name).SelectMany(f => Effects(path, $"handler {name}", f.Body))];
    }

    private IEnumerable<PythonEffect> Effects(string path, string function, string body)
    {
        if (PythonLibrary.Code(function, "d", body) is not { } code) return [];
        var walk = new FunctionWalk(_library);
        walk.Walk(code.Body);
        return walk.Written.Select(w => new PythonEffect(path, function, w.Variable, w.Flag));
    }
}
