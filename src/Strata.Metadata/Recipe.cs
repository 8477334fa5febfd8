using System.Collections.Immutable;
using Strata.Core;
using Strata.Metadata.Evaluation;

namespace Strata.Metadata;

/// <summary>One finished variant of a recipe file. What is asked of every recipe is at hand; the rest is evaluated when somebody asks for it.</summary>
public sealed class Recipe
{
    private readonly RecipeRecord _record;
    private readonly VariantRecord _variant;
    private readonly Lazy<FinishedRecipe> _finished;

    internal Recipe(RecipeRecord record, VariantRecord variant, int layerPriority, RecipeSource source)
    {
        (_record, _variant, LayerPriority) = (record, variant, layerPriority);
        _finished = new(() => source.Finish(variant.Word));
    }

    /// <summary>PN.</summary>
    public string Name => _variant.Name;

    /// <summary>Absolute path of the <c>.bb</c> file.</summary>
    public string File => _record.File;

    /// <summary>Empty, or the word of BBCLASSEXTEND that made this variant.</summary>
    public string Variant => _variant.Word;

    /// <summary>Name of the layer the file belongs to; empty if no BBFILE_PATTERN matches.</summary>
    public string Layer => _record.Layer;

    public int LayerPriority { get; }

    /// <summary>Whether somebody has asked for more than what is at hand.</summary>
    internal bool IsEvaluated => _finished.IsValueCreated;

    /// <summary>All variables; evaluated when first asked for.</summary>
    /// <exception cref="ExpansionException">The files were changed since they were loaded, and now there is an error.</exception>
    public Datastore Variables => _finished.Value.Variables;

    /// <summary>In the order of declaration.</summary>
    /// <exception cref="ExpansionException">As for <see cref="Variables"/>.</exception>
    public ImmutableArray<RecipeTask> Tasks => _finished.Value.Tasks;

    /// <summary>Absolute paths, in the order they were applied.</summary>
    public ImmutableArray<string> Appends => _record.Appends;

    /// <summary>Why the recipe must not be built in this configuration; null if it may.</summary>
    public string? SkipReason => _variant.SkipReason;

    /// <summary>
    /// The final value of a variable. For those that the choice among all recipes looks at (version, what the recipe provides) the
    /// answer is at hand, so that asking all recipes evaluates none.
    /// </summary>
    /// <exception cref="ExpansionException">The value cannot be expanded.</exception>
    public string? Get(string variable)
    {
        if (!_finished.IsValueCreated)
            foreach (var (name, value) in _variant.Facts.Value)
                if (name == variable) return value;
        return Variables.Get(variable);
    }

    /// <summary>
    /// Anonymous Python functions and event handlers of the recipe, its classes and the configuration. Strata does not run them, so
    /// values that they make in BitBake are as they were before; empty if the recipe is complete without Python.
    /// </summary>
    public ImmutableArray<SourceSpan> SkippedPython => Variables.SkippedPython;

    public override string ToString() => Variant.Length == 0 ? File : $"{File} ({Variant})";
}
