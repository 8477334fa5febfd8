using System.Collections.Immutable;
using Strata.Core;
using Strata.Metadata.Layers;
using Strata.Metadata.Names;

namespace Strata.Metadata.Evaluation;

/// <summary>Evaluates one recipe file into its variants: text, appends, deferred classes, key expansion, tasks.</summary>
internal sealed class RecipeReader(Datastore configuration, MetadataFiles files, LayerPatterns layers, Diagnostics diagnostics)
{
    private static readonly Name s_name = Name.Of("PN");

    /// <summary>The variants in the order of BBCLASSEXTEND, the plain recipe first; those with an error are reported and left out.</summary>
    public ImmutableArray<Recipe> Read(string file, ImmutableArray<string> appends)
    {
        var layer = layers.LayerOf(file);
        var recipes = ImmutableArray.CreateBuilder<Recipe>();
        Guarded(file, () =>
        {
            var unfinished = Evaluate(file, layer, appends);
            var plain = unfinished.Copy();
            recipes.Add(Finish(plain, file, "", layer, appends));
            if (plain.Store.Get("BBCLASSEXTEND") is not { Length: > 0 } extensions) return;
            var name = plain.Store.Read(s_name) ?? "";
            foreach (var extension in Words.Of(extensions).Distinct())
            {
                Guarded(file, () =>
                {
                    var variant = Extend(unfinished, extensions, extension, name, file);
                    recipes.Add(Finish(variant, file, extension, layer, appends));
                });
            }
        });
        return recipes.DrainToImmutable();
    }

    private Evaluator Evaluate(string file, Layer? layer, ImmutableArray<string> appends)
    {
        var store = configuration.Copy();
        if (layer is not null) store.Set("FILE_LAYERNAME", layer.Name);
        store.Set("TMPDIR", store.Get("TMPDIR") ?? "");
        var evaluator = new Evaluator(store, files, diagnostics, "classes-recipe");
        evaluator.EvaluateFile(file);
        foreach (var append in appends) evaluator.EvaluateAppend(append);
        LikelyTypos.Report(store, configuration, file, diagnostics);
        return evaluator;
    }

    private static Evaluator Extend(Evaluator unfinished, string extensions, string extension, string name, string file)
    {
        var variant = unfinished.Copy();
        variant.Store.Set("BBCLASSEXTEND", extensions);
        var parts = extension.Split(':');
        if (parts.Length > 1)
        {
            variant.Store.Set("BBEXTENDCURR", parts[0]);
            variant.Store.Set("BBEXTENDVARIANT", parts[1]);
        }
        else
        {
            variant.Store.Set("PN", $"{name}-{extension}");
        }
        variant.Defer(parts[0], new(file));
        return variant;
    }

    private Recipe Finish(Evaluator evaluator, string file, string variant, Layer? layer, ImmutableArray<string> appends)
    {
        var store = evaluator.Store;
        evaluator.InheritDeferred();
        store.ExpandKeys(diagnostics);
        VirtualProviders.Apply(store);
        var tasks = store.FinishTasks();
        return new()
        {
            Name = store.Read(s_name) ?? "",
            File = file,
            Variant = variant,
            Layer = layer?.Name ?? "",
            LayerPriority = layer?.Priority ?? 0,
            Variables = store,
            Tasks = tasks,
            Appends = appends,
            SkipReason = Compatibility.SkipReason(store, diagnostics),
        };
    }

    private void Guarded(string file, Action read)
    {
        try
        {
            read();
        }
        catch (MetadataException e)
        {
            diagnostics.Add(e.Diagnostic);
        }
        catch (ExpansionException e)
        {
            diagnostics.Add(e.Diagnostic.Place.IsNowhere ? e.Diagnostic with { Place = new(file) } : e.Diagnostic);
        }
    }
}
