using System.Collections.Immutable;
using Strata.Core;

namespace Strata.Metadata;

/// <summary>One finished variant of a recipe file.</summary>
public sealed class Recipe
{
    /// <summary>PN.</summary>
    public required string Name { get; init; }

    /// <summary>Absolute path of the <c>.bb</c> file.</summary>
    public required string File { get; init; }

    /// <summary>Empty, or the word of BBCLASSEXTEND that made this variant.</summary>
    public required string Variant { get; init; }

    /// <summary>Name of the layer the file belongs to; empty if no BBFILE_PATTERN matches.</summary>
    public required string Layer { get; init; }

    public required int LayerPriority { get; init; }

    public required Datastore Variables { get; init; }

    /// <summary>In the order of declaration.</summary>
    public required ImmutableArray<RecipeTask> Tasks { get; init; }

    /// <summary>Absolute paths, in the order they were applied.</summary>
    public required ImmutableArray<string> Appends { get; init; }

    /// <summary>Why the recipe must not be built in this configuration; null if it may.</summary>
    public required string? SkipReason { get; init; }

    /// <summary>
    /// Anonymous Python functions and event handlers of the recipe, its classes and the configuration. Strata does not run them, so
    /// values that they make in BitBake are as they were before; empty if the recipe is complete without Python.
    /// </summary>
    public ImmutableArray<SourceSpan> SkippedPython => Variables.SkippedPython;

    public override string ToString() => Variant.Length == 0 ? File : $"{File} ({Variant})";
}
