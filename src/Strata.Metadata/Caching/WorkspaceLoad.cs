using System.Collections.Immutable;
using System.Text;
using Strata.Core;
using Strata.Metadata.Evaluation;
using Strata.Metadata.Layers;
using Strata.Metadata.Names;

namespace Strata.Metadata.Caching;

/// <summary>
/// One load of a workspace. The configuration is always evaluated; of the recipes only those for which the cache has no result that
/// the files and the configuration of now would give again.
/// </summary>
internal sealed class WorkspaceLoad(MetadataRequest request, FileTable table, Diagnostics diagnostics, CancellationToken cancel)
{
    private readonly CacheFile? _file = request.CacheDirectory is null ? null : new(request.CacheDirectory, request);
    private readonly ConfigurationSource _configuration = new(request, table);

    public static LoadedMetadata Of(MetadataRequest request, Diagnostics diagnostics, CancellationToken cancel)
    {
        var table = new FileTable(request.TopDirectory, diagnostics);
        var loaded = new WorkspaceLoad(request, table, diagnostics, cancel).Run();
        table.EndLoad();
        return loaded;
    }

    public static Datastore? ConfigurationOf(MetadataRequest request, Diagnostics diagnostics)
    {
        var source = new ConfigurationSource(request, new(request.TopDirectory, diagnostics));
        return source.Evaluate(() => false, diagnostics) is null ? null : source.Store.Value;
    }

    private LoadedMetadata Run()
    {
        // Who asks for one recipe starts from the configuration; reading it has nothing to do with comparing the cache with the disk.
        var opening = request.Recipe is null ? Task.FromResult(OpenCache()) : Task.Run(OpenCache, cancel);
        var cache = new Lazy<ConfirmedCache?>(() => opening.GetAwaiter().GetResult());
        var known = request.Recipe is null && IsSameConfiguration() ? cache.Value!.Content.Configuration : _configuration.Evaluate(IsSameConfiguration, diagnostics);
        try
        {
            var isSameConfiguration = IsSameConfiguration();    // waits for the cache, also where nobody needs it any more
            return known is null ? Failed() : Run(known, cache.Value, isSameConfiguration);
        }
        catch (ExpansionException changed)
        {
            diagnostics.Add(changed.Diagnostic);
            return Failed();
        }

        bool IsSameConfiguration() => cache.Value?.Holds(cache.Value.Content.ConfigurationInputs) is true;

        LoadedMetadata Failed() => LoadedMetadata.Failed(request.Multiconfig, [.. _configuration.Files.Select(f => f.Path)]);
    }

    private ConfirmedCache? OpenCache() => _file?.Read() is { } content ? ConfirmedCache.Of(content) : null;

    /// <exception cref="ExpansionException">The configuration was changed meanwhile, and now there is an error.</exception>
    private LoadedMetadata Run(KnownConfiguration known, ConfirmedCache? cache, bool isSameConfiguration)
    {
        Report(known.Diagnostics);
        var others = LoadMulticonfigs(known);
        var patterns = new LayerPatterns(known.Layers);
        var searchFiles = new MetadataFiles(table);
        var isSameSearch = isSameConfiguration && cache!.Holds(cache.Content.SearchInputs);
        var found = isSameSearch ? cache!.Content.Found : Search(_configuration.Store.Value, patterns, searchFiles);
        var reader = new RecipeReader(_configuration.Store, table, patterns, diagnostics);
        var kept = cache is null ? [] : Kept(cache, found, isSameConfiguration, patterns);
        var (fresh, used) = Choose(found, kept, reader);
        Report(found.Diagnostics);
        foreach (var evaluation in fresh) Report(evaluation.Record.Diagnostics);
        if (cache is not null) ReportKept(used, cache, isSameConfiguration);

        IEnumerable<KnownInput> configured = isSameConfiguration ? cache!.InputsOf(cache.Content.ConfigurationInputs) : _configuration.Files.Select(KnownInput.Of);
        IEnumerable<KnownInput> searched = isSameSearch ? cache!.InputsOf(cache.Content.SearchInputs) : searchFiles.Used.Select(KnownInput.Of);
        if (_file is not null && !(isSameSearch && cache!.IsExact && fresh.All(e => !e.Record.IsComplete)))
            Remember(cache, configured, searched, known, found, kept.Values, fresh);

        var layersByName = known.Layers.ToLookup(l => l.Name, StringComparer.Ordinal);
        return new()
        {
            Multiconfig = request.Multiconfig,
            Multiconfigs = others,
            Source = _configuration.Store,
            Layers = known.Layers,
            Recipes = [.. fresh.Select(e => e.Record).Concat(used.Select(r => r.Record)).SelectMany(r => RecipesOf(r, reader, layersByName))
                .OrderBy(r => r.File, StringComparer.Ordinal).ThenBy(r => r.Variant, StringComparer.Ordinal)],
            RecipeFiles = [.. found.Recipes.Select(r => r.File)],
            MaskedFiles = found.Masked,
            FindInputs = () => configured.Concat(searched).Select(i => i.Path).Concat(fresh.SelectMany(e => e.Inputs).Select(f => f.Path))
                .Concat(used.SelectMany(r => cache!.InputsOf(r.Inputs)).Select(i => i.Path)).Concat(others.SelectMany(o => o.Inputs)),
            EvaluatedFiles = [.. fresh.Select(e => e.Record.File)],
            FilesRead = table.FilesRead,
        };
    }

    /// <summary>What has to be evaluated, and what of the cache is used: of all recipes, or only of those that can be the one asked for.</summary>
    private (RecipeEvaluation[] Fresh, CachedRecipe[] Used) Choose(FoundRecipes found, Dictionary<string, CachedRecipe> kept, RecipeReader reader)
    {
        var missing = found.Recipes.Where(r => !kept.ContainsKey(r.File));
        if (request.Recipe is not { } name) return (Evaluate(reader, [.. missing]), [.. kept.Values]);

        var used = kept.Values.Where(r => RecipeFileName.MayGive(r.Record.File, name) || IsNamed(r.Record)).ToArray();
        var fresh = Evaluate(reader, [.. missing.Where(r => RecipeFileName.MayGive(r.File, name))]);
        if (name.Length == 0 || used.Any(r => IsNamed(r.Record)) || fresh.Any(e => IsNamed(e.Record) || !e.Record.IsComplete)) return (fresh, used);
        return ([.. fresh, .. Evaluate(reader, [.. missing.Where(r => !RecipeFileName.MayGive(r.File, name))])], [.. kept.Values]);

        bool IsNamed(RecipeRecord record) => record.Variants.Any(v => v.Name == name);
    }

    private static IEnumerable<Recipe> RecipesOf(RecipeRecord record, RecipeReader reader, ILookup<string, Layer> layers)
    {
        var source = new RecipeSource(reader, record);
        return record.Variants.Select(v => new Recipe(record, v, layers[record.Layer].FirstOrDefault()?.Priority ?? 0, source));
    }

    /// <summary>Each reads the whole configuration again, with its own conf/multiconfig/NAME.conf in it; the files are parsed once for all.</summary>
    private ImmutableArray<LoadedMetadata> LoadMulticonfigs(KnownConfiguration known) => request.Multiconfig.Length > 0 || request.Recipe is not null
        ? []
        : [.. known.Multiconfigs.Union(request.OtherMachines, StringComparer.Ordinal).Select(name => new WorkspaceLoad(Multiconfig(name), table, diagnostics, cancel).Run())];

    private MetadataRequest Multiconfig(string name) => request with
    {
        Multiconfig = name,
        Variables = request.OtherMachines.Contains(name) ? request.Variables.SetItem("MACHINE", name) : request.Variables,
    };

    private static FoundRecipes Search(Datastore configuration, LayerPatterns layers, MetadataFiles files)
    {
        var problems = new Diagnostics();
        RecipeFiles? found = null;
        Problems.Guarded(problems, () => found = new RecipeFiles(configuration, layers, files, problems));
        if (found?.Recipes.IsEmpty is true) problems.Add(MetadataRules.NoRecipes(configuration.PlaceOf(Name.Of("BBFILES"))));
        return found is null ? new([], 0, problems.Sorted()) : FoundRecipes.Of(found, problems);
    }

    /// <summary>The results of the cache that evaluating would give again.</summary>
    private Dictionary<string, CachedRecipe> Kept(ConfirmedCache cache, FoundRecipes found, bool isSameConfiguration, LayerPatterns layers)
    {
        var changed = isSameConfiguration ? [] : cache.Content.ChangedNames(_configuration.Store.Value);
        var kept = new Dictionary<string, CachedRecipe>(StringComparer.Ordinal);
        foreach (var (file, appends) in found.Recipes)
            if (cache.Content.Recipes.TryGetValue(file, out var recipe) && cache.Holds(recipe.Inputs) && recipe.Record.Appends.AsSpan().SequenceEqual(appends.AsSpan())
                && (isSameConfiguration || (changed is not null && IsUntouched(recipe)))) kept[file] = recipe;
        return kept;

        bool IsUntouched(CachedRecipe recipe) =>
            !recipe.ReadsAll && recipe.Record.Layer == (layers.LayerOf(recipe.Record.File)?.Name ?? "")
            && !NumberList.HasAny(recipe.Reads, changed) && recipe.Record.Diagnostics.All(d => Stays(d.Place, recipe) && d.Related.All(r => Stays(r, recipe)));

        // A place in a file of the configuration may have moved.
        bool Stays(SourceSpan place, CachedRecipe recipe) => place.IsNowhere || cache.InputsOf(recipe.Inputs).Any(i => i.Path == place.File);
    }

    /// <summary>What the recipes that are not evaluated would report, and the files that are not read for them.</summary>
    private void ReportKept(CachedRecipe[] kept, ConfirmedCache cache, bool isSameConfiguration)
    {
        foreach (var recipe in kept) Report(recipe.Record.Diagnostics);
        var inputs = isSameConfiguration && kept.Length == cache.Content.Recipes.Count
            ? cache.Inputs.OfType<KnownInput>()
            : kept.Select(r => r.Inputs).Append(isSameConfiguration ? cache.Content.ConfigurationInputs : default).SelectMany(cache.InputsOf).Distinct();
        foreach (var input in inputs) Report(input.Problems);
    }

    private void Report(ImmutableArray<Diagnostic> problems)
    {
        foreach (var problem in problems) diagnostics.Add(problem);
    }

    /// <summary>Each file is evaluated on its own, so the order in which threads take them does not show.</summary>
    private RecipeEvaluation[] Evaluate(RecipeReader reader, FoundRecipe[] recipes)
    {
        var results = new RecipeEvaluation[recipes.Length];
        Workers.ForEach(request.Threads, recipes.Length, i => results[i] = reader.Read(recipes[i].File, recipes[i].Appends), cancel);
        return results;
    }

    private void Remember(
        ConfirmedCache? cache, IEnumerable<KnownInput> configured, IEnumerable<KnownInput> searched, KnownConfiguration known, FoundRecipes found,
        IEnumerable<CachedRecipe> kept, IEnumerable<RecipeEvaluation> fresh)
    {
        var writer = new CacheWriter(_configuration.Store.Value);
        foreach (var recipe in kept) writer.Keep(recipe, cache!);
        foreach (var evaluation in fresh.Where(e => e.Record.IsComplete)) writer.Add(evaluation);
        try
        {
            // What the configuration was made of just now counts beside what the cache knew: where the two differ, the disk changed meanwhile.
            if (writer.Write(table.Begun, configured.Concat(_configuration.Files.Select(KnownInput.Of)), searched, known, found) is { } content) _file!.Write(content);
        }
        catch (EncoderFallbackException)
        {
            // A value that is no text; the next load evaluates everything again.
        }
    }
}
