using Strata.Core;
using Strata.Metadata;

namespace Strata.Graph.Providers;

/// <summary>
/// Chooses the recipe for a name as BitBake does: one candidate per PN (by PREFERRED_VERSION, else the newest of the highest layer),
/// these in the order of their names, the recipe of the wanted name first, the preferred one before all.
/// </summary>
internal sealed class ProviderChoice(ProviderTable table, Datastore configuration, Diagnostics diagnostics)
{
    /// <summary>The recipe for a build name; null if nothing provides it or the required version is missing (which is then reported).</summary>
    public RecipeFacts? ForBuild(string item)
    {
        var candidates = Candidates(table.ProvidersOf(item), item);
        if (candidates.Count == 0) return null;
        var preferred = configuration.Get($"PREFERRED_PROVIDER_{item}");
        if (candidates.Find(c => c.Recipe.Name == preferred) is { } chosen) return chosen;
        if (candidates.Count > 1) diagnostics.Add(GraphRules.SeveralProviders(item, NamesOf(candidates), runtime: false));
        return candidates[0];
    }

    /// <summary>The recipe for a package name or other run-time name.</summary>
    public RecipeFacts? ForRuntime(string item)
    {
        var candidates = Candidates(table.RuntimeProvidersOf(item), item);
        if (candidates.Count == 0) return null;
        var preferred = configuration.Get($"PREFERRED_RPROVIDER_{item}");
        if (candidates.Find(c => c.Recipe.Name == preferred) is { } chosen) return chosen;

        var inferred = PreferredForBuild(candidates);
        if (inferred.Count > 1) diagnostics.Add(GraphRules.ConflictingPreferences(item, NamesOf(inferred)));
        if (inferred.Count == 0 && candidates.Count > 1) diagnostics.Add(GraphRules.SeveralProviders(item, NamesOf(candidates), runtime: true));
        return inferred.Count > 0 ? inferred[^1] : candidates[0];
    }

    /// <summary>The candidates that PREFERRED_PROVIDER names for something that one of them provides at build time.</summary>
    private List<RecipeFacts> PreferredForBuild(List<RecipeFacts> candidates)
    {
        var preferred = new List<RecipeFacts>();
        foreach (var candidate in candidates)
            foreach (var name in candidate.Provides)
            {
                var wanted = configuration.Get($"PREFERRED_PROVIDER_{name}");
                if (candidates.Find(c => c.Recipe.Name == wanted) is not { } found || preferred.Contains(found)) continue;
                preferred.Add(found);
                break;
            }
        return preferred;
    }

    private List<RecipeFacts> Candidates(IReadOnlyList<RecipeFacts> providers, string item)
    {
        var (byVersion, newest) = (new List<RecipeFacts>(), new List<RecipeFacts>());
        foreach (var sameName in providers.GroupBy(p => p.Recipe.Name, StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal))
        {
            var sorted = Sorted(sameName);
            var wish = VersionWish.Of(configuration, sameName.Key);
            if (wish is { IsBoth: true }) diagnostics.Add(GraphRules.RequiredAndPreferred(wish, item));
            var wished = wish is null ? null : sorted.Find(wish.Accepts);
            if (wished is not null) byVersion.Add(wished);
            else if (wish is { IsRequired: true }) { diagnostics.Add(GraphRules.VersionMissing(wish, item, sorted)); return []; }
            else newest.Add(Newest(sorted));
            if (wish is not null && wished is null) diagnostics.Add(GraphRules.VersionMissing(wish, item, sorted));
        }
        List<RecipeFacts> candidates = [.. byVersion, .. newest];
        if (candidates.FindIndex(c => c.Recipe.Name == item) is > 0 and var own)
        {
            var first = candidates[own];
            candidates.RemoveAt(own);
            candidates.Insert(0, first);
        }
        return candidates;
    }

    /// <summary>Highest layer first, then lowest preference, then by path: the order in which a wished version is looked for.</summary>
    private static List<RecipeFacts> Sorted(IEnumerable<RecipeFacts> recipes) =>
        [.. recipes.OrderByDescending(r => r.Recipe.LayerPriority).ThenBy(r => r.Preference).ThenBy(r => r.SortName, StringComparer.Ordinal)];

    private static RecipeFacts Newest(List<RecipeFacts> sorted)
    {
        var newest = sorted[0];
        foreach (var recipe in sorted.TakeWhile(r => r.Recipe.LayerPriority == sorted[0].Recipe.LayerPriority))
            if (recipe.Preference > newest.Preference || (recipe.Preference == newest.Preference && recipe.Version > newest.Version)) newest = recipe;
        return newest;
    }

    private static IEnumerable<string> NamesOf(IEnumerable<RecipeFacts> recipes) => recipes.Select(r => r.Recipe.Name);
}
