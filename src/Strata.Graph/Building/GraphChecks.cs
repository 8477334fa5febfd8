using Strata.Core;
using Strata.Metadata;

namespace Strata.Graph.Building;

/// <summary>What can only be said once it is known which recipes a build contains.</summary>
internal static class GraphChecks
{
    public static void Check(List<int> reached, EdgeTable edges, Datastore configuration, Diagnostics diagnostics)
    {
        var recipes = reached.Select(edges.RecipeOf).Distinct().OrderBy(r => r.Facts.SortName, StringComparer.Ordinal).ToList();
        var allowed = WordList.Of(configuration.Get("BB_MULTI_PROVIDER_ALLOWED")).ToHashSet(StringComparer.Ordinal);
        var conflicts = from recipe in recipes
                        from name in recipe.Facts.Provides
                        group recipe by name into providers
                        where providers.Skip(1).Any()
                        orderby providers.Key
                        select providers;
        foreach (var providers in conflicts)
        {
            var place = new SourceSpan(providers.First().Recipe.File);
            if (providers.Select(p => p.Name).Distinct(StringComparer.Ordinal).Count() < providers.Count())
                diagnostics.Add(GraphRules.VersionsConflict(place, providers.First().Name, providers.Select(p => p.Recipe.ToString())));
            else if (!allowed.Contains(providers.Key))
                diagnostics.Add(GraphRules.ProvidersConflict(place, providers.Key, providers.Select(p => $"{p.Name} (needed by {string.Join(", ", p.Chain().Skip(1).DefaultIfEmpty("the command line"))})")));
        }
        foreach (var task in reached)
            if (edges.SpecOf(task).OtherConfigurations is [var first, ..])
                diagnostics.Add(GraphRules.Multiconfig(Places.Of(edges.RecipeOf(task).Recipe, edges.SpecOf(task).Name, "mcdepends"), $"{edges.NameOf(task)}[mcdepends] = \"{first}\""));
    }
}
