using System.Collections.Immutable;
using Strata.Core;
using Strata.Metadata;

namespace Strata.Graph.Building;

/// <summary>What can only be said once it is known which recipes a build contains.</summary>
internal static class GraphChecks
{
    public static void Check(List<int> reached, EdgeTable edges, Diagnostics diagnostics)
    {
        foreach (var recipes in reached.Select(edges.RecipeOf).Distinct().GroupBy(r => r.Names)) Check(recipes, recipes.Key.Metadata.Configuration, diagnostics);
    }

    private static void Check(IEnumerable<ResolvedRecipe> reached, Datastore configuration, Diagnostics diagnostics)
    {
        var recipes = reached.OrderBy(r => r.Facts.SortName, StringComparer.Ordinal).ToList();
        var allowed = WordList.Of(configuration.Get("BB_MULTI_PROVIDER_ALLOWED")).ToHashSet(StringComparer.Ordinal);
        var conflicts = from recipe in recipes
                        from name in recipe.Facts.Provides
                        group recipe by name into providers
                        where providers.Skip(1).Any()
                        orderby providers.Key
                        select providers;
        foreach (var providers in conflicts)
        {
            ImmutableArray<SourceSpan> related = [.. providers.SelectMany(p => p.ChainPlaces().Take(1))];
            var place = new SourceSpan(providers.First().Recipe.File);
            if (providers.Select(p => p.Recipe.Name).Distinct(StringComparer.Ordinal).Count() < providers.Count())
                diagnostics.Add(GraphRules.VersionsConflict(place, providers.First().Recipe.Name, providers.Select(p => p.Recipe.ToString())) with { Related = related });
            else if (!allowed.Contains(providers.Key))
                diagnostics.Add(GraphRules.ProvidersConflict(place, providers.Key, providers.Select(p => $"{p.FullName} (needed by {string.Join(", ", p.Chain().Skip(1).DefaultIfEmpty("the command line"))})")) with { Related = related });
        }
    }
}
