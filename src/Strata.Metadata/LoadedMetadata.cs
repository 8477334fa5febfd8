using System.Collections.Immutable;

namespace Strata.Metadata;

/// <summary>Everything that the layers of a workspace say. The same for any number of threads, and with or without a cache.</summary>
public sealed class LoadedMetadata
{
    /// <summary>The name of the configuration in BBMULTICONFIG; empty for the plain one.</summary>
    public string Multiconfig { get; init; } = "";

    /// <summary>What the configurations of BBMULTICONFIG make of the same layers, in its order. Only the plain configuration has any.</summary>
    public ImmutableArray<LoadedMetadata> Multiconfigs { get; init; } = [];

    /// <summary>This one, then <see cref="Multiconfigs"/>.</summary>
    public IEnumerable<LoadedMetadata> Configurations => Multiconfigs.Prepend(this);

    /// <summary>The configuration that every recipe starts from; evaluated when first asked for, if an earlier load has left its results.</summary>
    /// <exception cref="ExpansionException">The files were changed since they were loaded, and now there is an error.</exception>
    public Datastore Configuration => Source.Value;

    /// <summary>In the order of BBFILE_COLLECTIONS.</summary>
    public required ImmutableArray<Layer> Layers { get; init; }

    /// <summary>Every variant of every recipe that could be evaluated, ordinal by file, then variant.</summary>
    public required ImmutableArray<Recipe> Recipes { get; init; }

    /// <summary>Recipe files in the order of BBFILES and layer priority, also those that failed.</summary>
    public required ImmutableArray<string> RecipeFiles { get; init; }

    /// <summary>How many files BBMASK hides.</summary>
    public required int MaskedFiles { get; init; }

    /// <summary>Sorted absolute paths of every file and directory that was read or looked for: if none changed, nothing did.</summary>
    public ImmutableArray<string> Inputs => field.IsDefault ? field = [.. FindInputs().Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)] : field;

    /// <summary>The recipe files that this load evaluated, as the cache had no result for them that still holds.</summary>
    public required ImmutableArray<string> EvaluatedFiles { get; init; }

    /// <summary>How many metadata files this load read and parsed.</summary>
    public required int FilesRead { get; init; }

    /// <summary>An empty configuration unless there is one.</summary>
    internal Lazy<Datastore> Source { get; init; } = new(static () => new());

    internal Func<IEnumerable<string>> FindInputs { get; init; } = static () => [];

    /// <summary>There is no usable configuration.</summary>
    internal static LoadedMetadata Failed(string multiconfig, ImmutableArray<string> inputs) => new()
    {
        Multiconfig = multiconfig,
        Layers = [],
        Recipes = [],
        RecipeFiles = [],
        MaskedFiles = 0,
        FindInputs = () => inputs,
        EvaluatedFiles = [],
        FilesRead = 0,
    };
}
