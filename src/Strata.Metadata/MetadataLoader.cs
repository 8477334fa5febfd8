using System.Collections.Immutable;
using Strata.Core;
using Strata.Metadata.Evaluation;
using Strata.Metadata.Layers;
using Strata.Metadata.Names;

namespace Strata.Metadata;

/// <summary>Reads a workspace: configuration, layers, every recipe with its appends and variants.</summary>
public static class MetadataLoader
{
    /// <summary>Deep enough for values nested as far as BitBake allows, whatever thread evaluates them.</summary>
    private const int StackSize = 16 << 20;

    /// <summary>Reports every problem to <paramref name="diagnostics"/>; a recipe with an error is left out of the result.</summary>
    public static LoadedMetadata Load(MetadataRequest request, Diagnostics diagnostics, CancellationToken cancel)
    {
        var files = new MetadataFiles(request.TopDirectory, diagnostics);
        LoadedMetadata? loaded = null;
        Workers.Run(1, StackSize, _ => loaded = Load(request, files, diagnostics, cancel), cancel);
        return loaded!;
    }

    /// <summary>The configuration alone, for those who ask for nothing of a recipe; null after reporting what is wrong with it.</summary>
    public static Datastore? LoadConfiguration(MetadataRequest request, Diagnostics diagnostics, CancellationToken cancel)
    {
        Datastore? loaded = null;
        Workers.Run(1, StackSize, _ =>
        {
            loaded = ReadConfiguration(request, new(request.TopDirectory, diagnostics), diagnostics)?.Store;
            loaded?.Flatten();
        }, cancel);
        return loaded;
    }

    private static LoadedMetadata Load(MetadataRequest request, MetadataFiles files, Diagnostics diagnostics, CancellationToken cancel)
    {
        if (ReadConfiguration(request, files, diagnostics) is not { } configuration)
            return new() { Configuration = new(), Layers = [], Recipes = [], RecipeFiles = [], MaskedFiles = 0, Inputs = files.Inputs };

        var (store, layers, patterns, found) = configuration;
        if (found.Recipes.IsEmpty) diagnostics.Add(MetadataRules.NoRecipes(store.PlaceOf(Name.Of("BBFILES"))));
        store.Flatten();
        var others = LoadMulticonfigs(request, store, files, diagnostics, cancel);
        return new()
        {
            Multiconfig = request.Multiconfig,
            Multiconfigs = others,
            Configuration = store,
            Layers = layers,
            Recipes = ReadRecipes(request, found, new(store, files, patterns, diagnostics), cancel),
            RecipeFiles = found.Recipes,
            MaskedFiles = found.Masked,
            Inputs = files.Inputs,
        };
    }

    /// <summary>Each reads the whole configuration again, with its own conf/multiconfig/NAME.conf in it.</summary>
    private static ImmutableArray<LoadedMetadata> LoadMulticonfigs(
        MetadataRequest request, Datastore store, MetadataFiles files, Diagnostics diagnostics, CancellationToken cancel) =>
        request.Multiconfig.Length > 0
            ? []
            : [.. Words.Of(store.Get("BBMULTICONFIG")).Distinct(StringComparer.Ordinal).Select(name => Load(request with { Multiconfig = name }, files, diagnostics, cancel))];

    private static (Datastore Store, ImmutableArray<Layer> Layers, LayerPatterns Patterns, RecipeFiles Found)? ReadConfiguration(MetadataRequest request, MetadataFiles files, Diagnostics diagnostics)
    {
        try
        {
            var (store, layers) = new ConfigurationReader(request, files, diagnostics).Read();
            if (diagnostics.HasErrors) return null;
            var patterns = new LayerPatterns(layers);
            return (store, layers, patterns, new(store, patterns, files, diagnostics));
        }
        catch (MetadataException e)
        {
            diagnostics.Add(e.Diagnostic);
        }
        catch (ExpansionException e)
        {
            diagnostics.Add(e.Diagnostic);
        }
        return null;
    }

    /// <summary>Each file is evaluated on its own, so the order in which threads take them does not show.</summary>
    private static ImmutableArray<Recipe> ReadRecipes(MetadataRequest request, RecipeFiles found, RecipeReader reader, CancellationToken cancel)
    {
        var results = new ImmutableArray<Recipe>[found.Recipes.Length];
        var next = -1;
        Workers.Run(request.Threads, StackSize, _ =>
        {
            for (var i = Interlocked.Increment(ref next); i < results.Length; i = Interlocked.Increment(ref next))
            {
                cancel.ThrowIfCancellationRequested();
                results[i] = reader.Read(found.Recipes[i], found.AppendsOf(found.Recipes[i]));
            }
        }, cancel);
        return [.. results.SelectMany(r => r).OrderBy(r => r.File, StringComparer.Ordinal).ThenBy(r => r.Variant, StringComparer.Ordinal)];
    }
}
