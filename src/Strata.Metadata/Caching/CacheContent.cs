using System.Collections.Immutable;
using Strata.Metadata.Names;

namespace Strata.Metadata.Caching;

/// <summary>What an earlier load of the same workspace left. Nothing in it counts before it was compared with the disk and the configuration of now.</summary>
internal sealed class CacheContent
{
    /// <summary>When the load began, before it looked at any file.</summary>
    public required DateTimeOffset Begun { get; init; }

    public required ImmutableArray<KnownInput> Inputs { get; init; }

    /// <summary>Numbers of the inputs that the configuration depends on.</summary>
    public required ReadOnlyMemory<byte> ConfigurationInputs { get; init; }

    /// <summary>Numbers of the directories and files that the search for recipes looked at.</summary>
    public required ReadOnlyMemory<byte> SearchInputs { get; init; }

    public required KnownConfiguration Configuration { get; init; }

    /// <summary>See <see cref="Datastore.StructureDigest"/>.</summary>
    public required UInt128 Structure { get; init; }

    /// <summary>The names by the numbers that <see cref="CachedRecipe.Reads"/> has.</summary>
    public required Lazy<Name[]> Names { get; init; }

    /// <summary>What the configuration had under each of the names; see <see cref="Datastore.ContentDigest"/>.</summary>
    public required Lazy<UInt128[]> NameDigests { get; init; }

    public required FoundRecipes Found { get; init; }

    public required IReadOnlyDictionary<string, CachedRecipe> Recipes { get; init; }

    /// <summary>Marks the names under which the configuration has something else than then; null if it differs in a way that concerns every recipe.</summary>
    public bool[]? ChangedNames(Datastore configuration)
    {
        if (configuration.StructureDigest() != Structure) return null;
        var (names, digests) = (Names.Value, NameDigests.Value);
        var changed = new bool[names.Length];
        for (var i = 0; i < changed.Length; i++)
            changed[i] = configuration.ContentDigest(names[i]) != digests[i];
        return changed;
    }
}
