using System.Collections.Immutable;
using Strata.Core;
using Strata.Metadata.Layers;
using Strata.Metadata.Names;

namespace Strata.Metadata.Evaluation;

/// <summary>Evaluates one recipe file into its variants: text, appends, deferred classes, key expansion, tasks.</summary>
/// <param name="messages">Where functions say something when a recipe is read that was evaluated before.</param>
internal sealed class RecipeReader(Lazy<Datastore> configuration, FileTable table, LayerPatterns layers, Diagnostics messages)
{
    private static readonly Name s_name = Name.Of("PN");

    /// <summary>Evaluates all variants and keeps what is asked of every recipe. Errors are reported; as in BitBake, one of a variant costs the file all its variants.</summary>
    public RecipeEvaluation Read(string file, ImmutableArray<string> appends)
    {
        var diagnostics = new Diagnostics();
        var reads = new ConfigurationReads();
        var files = new MetadataFiles(table);
        var variants = ImmutableArray.CreateBuilder<VariantRecord>();
        var (name, extensions, isComplete) = ("", "", true);
        var isUsable = Guarded(file, diagnostics, () =>
        {
            var unfinished = Evaluate(file, appends, diagnostics, reads, files);
            var plain = Finish(unfinished.Copy(), diagnostics);
            Add("", plain);
            name = variants[0].Name;
            extensions = plain.Variables.Get("BBCLASSEXTEND") ?? "";
            foreach (var word in Words.Of(extensions).Distinct())
                isComplete &= Guarded(file, diagnostics, () => Add(word, Finish(Extend(unfinished, extensions, word, name, file), diagnostics)));
        });
        if (!isUsable || !isComplete) variants.Clear();
        var record = new RecipeRecord(file, LayerOf(file), appends, name, extensions, variants.DrainToImmutable(), diagnostics.Sorted());
        return new(record, [.. files.Used], NumberList.Encode(reads.Ids), reads.IncludesAll);

        void Add(string word, FinishedRecipe recipe)
        {
            _ = recipe.Variables.Overrides;      // those that never settle are an error, whoever reads what
            variants.Add(VariantRecord.Of(word, recipe, Compatibility.SkipReason(recipe.Variables, diagnostics)));
        }
    }

    /// <summary>What the variants have in common: the file and its appends.</summary>
    public Evaluator Evaluate(string file, ImmutableArray<string> appends, Diagnostics diagnostics, ConfigurationReads? reads, MetadataFiles? files = null)
    {
        var store = reads is null ? configuration.Value.Copy() : configuration.Value.CopyWatched(reads);
        if (LayerOf(file) is { Length: > 0 } layer) store.Set("FILE_LAYERNAME", layer);
        store.Messages = reads is null ? messages : diagnostics;
        store.Set("TMPDIR", store.Get("TMPDIR") ?? "");
        var evaluator = new Evaluator(store, files ?? new(table), diagnostics, "classes-recipe");
        evaluator.EvaluateFile(file);
        foreach (var append in appends) evaluator.EvaluateAppend(append);
        LikelyTypos.Report(store, configuration.Value, file, diagnostics);
        return evaluator;
    }

    public static Evaluator Extend(Evaluator unfinished, string extensions, string extension, string name, string file)
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

    public static FinishedRecipe Finish(Evaluator evaluator, Diagnostics diagnostics)
    {
        var store = evaluator.Store;
        evaluator.InheritDeferred();
        store.ExpandKeys(diagnostics);
        VirtualProviders.Apply(store);
        return new(store, store.FinishTasks());
    }

    private string LayerOf(string file) => layers.LayerOf(file)?.Name ?? "";

    /// <summary>False after reporting why it went wrong.</summary>
    private static bool Guarded(string file, Diagnostics diagnostics, Action read)
    {
        try
        {
            read();
            return true;
        }
        catch (MetadataException e)
        {
            diagnostics.Add(e.Diagnostic);
        }
        catch (ExpansionException e)
        {
            diagnostics.Add(e.Diagnostic.Place.IsNowhere ? e.Diagnostic with { Place = new(file) } : e.Diagnostic);
        }
        return false;
    }
}
