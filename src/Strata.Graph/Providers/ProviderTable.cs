using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Strata.Core;
using Strata.Metadata;

namespace Strata.Graph.Providers;

/// <summary>Which recipes provide which names, at build time and at run time.</summary>
internal sealed class ProviderTable
{
    private readonly Dictionary<string, List<RecipeFacts>> _build = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<RecipeFacts>> _runtime = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, (Regex Pattern, List<RecipeFacts> Recipes)> _dynamic = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<RecipeFacts>> _skipped = new(StringComparer.Ordinal);

    private ProviderTable(ImmutableArray<RecipeFacts> recipes) => Recipes = recipes;

    /// <summary>All recipes that may be built.</summary>
    public ImmutableArray<RecipeFacts> Recipes { get; }

    /// <summary>Every name that something provides at build time.</summary>
    public IEnumerable<string> BuildNames => _build.Keys;

    /// <summary>Every name that something provides at run time, except those that only a pattern gives.</summary>
    public IEnumerable<string> RuntimeNames => _runtime.Keys;

    public static ProviderTable Of(ImmutableArray<Recipe> recipes, Diagnostics diagnostics, CancellationToken cancel)
    {
        var facts = new RecipeFacts?[recipes.Length];
        // Questions about one recipe have one candidate, for which no threads need to start.
        if (recipes.Length == 1) Read(0);
        else _ = Parallel.For(0, recipes.Length, new ParallelOptions { CancellationToken = cancel }, Read);
        var known = facts.OfType<RecipeFacts>().ToLookup(f => f.Recipe.SkipReason is null);
        var table = new ProviderTable([.. known[true]]);
        foreach (var recipe in known[true]) table.Add(recipe, diagnostics);
        foreach (var recipe in known[false])
            foreach (var name in recipe.Provides) AddTo(table._skipped, name, recipe);
        return table;

        void Read(int i)
        {
            try { facts[i] = RecipeFacts.Of(recipes[i]); }
            catch (ExpansionException e) { diagnostics.Add(e.Diagnostic); }
        }
    }

    /// <summary>The recipes that provide a build name, in file order.</summary>
    public IReadOnlyList<RecipeFacts> ProvidersOf(string name) => _build.GetValueOrDefault(name) ?? [];

    /// <summary>The recipes that would provide a build name if they were not skipped.</summary>
    public IReadOnlyList<RecipeFacts> SkippedProvidersOf(string name) => _skipped.GetValueOrDefault(name) ?? [];

    /// <summary>The recipes that provide a run-time name; PACKAGES_DYNAMIC counts only where nothing else has the name.</summary>
    public IReadOnlyList<RecipeFacts> RuntimeProvidersOf(string name) =>
        _runtime.GetValueOrDefault(name) ?? [.. _dynamic.Values.Where(d => d.Pattern.IsMatch(name)).SelectMany(d => d.Recipes).Distinct()];

    private void Add(RecipeFacts recipe, Diagnostics diagnostics)
    {
        foreach (var name in recipe.Provides) AddTo(_build, name, recipe);
        foreach (var name in recipe.RuntimeProvides.Union(recipe.Packages, StringComparer.Ordinal)) AddTo(_runtime, name, recipe);
        foreach (var pattern in recipe.DynamicPackages)
        {
            if (!_dynamic.TryGetValue(pattern, out var entry))
            {
                if (PatternOf(pattern) is not { } compiled)
                {
                    diagnostics.Add(GraphRules.BadPattern(Places.Of(recipe.Recipe, "PACKAGES_DYNAMIC"), "PACKAGES_DYNAMIC", pattern));
                    continue;
                }
                _dynamic[pattern] = entry = (compiled, []);
            }
            entry.Recipes.Add(recipe);
        }
    }

    /// <summary>A plus sign in a package name is meant literally, as in BitBake.</summary>
    private static Regex? PatternOf(string pattern) => Patterns.TryCompile(pattern.Replace("+", "\\+", StringComparison.Ordinal));

    private static void AddTo(Dictionary<string, List<RecipeFacts>> table, string name, RecipeFacts recipe)
    {
        if (!table.TryGetValue(name, out var recipes)) table[name] = recipes = [];
        recipes.Add(recipe);
    }
}
