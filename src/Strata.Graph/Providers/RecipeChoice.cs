using System.Collections.Immutable;
using Strata.Core;
using Strata.Metadata;

namespace Strata.Graph.Providers;

/// <summary>Which recipe a name means when nothing is built: for questions about recipes.</summary>
public static class RecipeChoice
{
    /// <summary>
    /// The recipe that a build of the name would take, by PN or by PROVIDES; one that must not be built only if there is no other; null if there
    /// is none. Recipes of other names are only looked at when no recipe has it.
    /// </summary>
    public static Recipe? Find(LoadedMetadata metadata, string name, CancellationToken cancel)
    {
        ImmutableArray<Recipe> named = [.. metadata.Recipes.Where(r => r.Name == name)];
        if (named is [var only]) return only;
        var candidates = named.IsEmpty ? metadata.Recipes : named;
        var unheard = new Diagnostics();
        var choice = new ProviderChoice(ProviderTable.Of(candidates, unheard, cancel), metadata.Configuration, unheard);
        return choice.ForBuild(name)?.Recipe ?? named.FirstOrDefault();
    }
}
