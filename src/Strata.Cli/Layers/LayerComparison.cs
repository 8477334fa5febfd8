using System.Collections.Immutable;
using Strata.Cli.Answers;
using Strata.Metadata;

namespace Strata.Cli.Layers;

/// <summary>Compares the build with two sets of layers.</summary>
internal sealed class LayerComparison(Question question, LayerState before, LayerState after)
{
    /// <summary>Variables that say where metadata lies, not what is built.</summary>
    private static readonly string[] s_bookkeeping = ["BBFILE", "BBLAYERS", "BBMASK", "BBPATH", "BBINCLUDED", "LAYER", "FILE", "__", "FILESEXTRAPATHS", "OVERRIDES"];

    public LayerDifference Compare(ImmutableArray<string> targets, CancellationToken cancel)
    {
        var configuration = Differences(before.Metadata.Configuration, after.Metadata.Configuration);
        var changed = before.Tasks.Values.Where(t => after.Tasks.TryGetValue(t.Name, out var now) && !now.DeepKey.Equals(t.DeepKey)).Select(t => t.Name).ToArray();
        var own = changed.Where(n => !after.Tasks[n].OwnDigest.Equals(before.Tasks[n].OwnDigest)).ToLookup(n => before.Tasks[n].RecipeName, StringComparer.Ordinal);
        var (recipesBefore, recipesAfter) = (RecipesOf(before), RecipesOf(after));
        return new(
            Names(before), Names(after), targets, configuration,
            Changes(recipesBefore, recipesAfter, RecipeReader.VersionOf),
            [.. own.OrderBy(r => r.Key, StringComparer.Ordinal).Select(r => Recipe(recipesBefore[r.Key], recipesAfter[r.Key], [.. r], configuration, cancel))],
            changed.Length - own.Sum(r => r.Count()),
            Changes(PackagesOf(recipesBefore), PackagesOf(recipesAfter), text => text));
    }

    private static ImmutableArray<string> Names(LayerState state) => [.. state.Metadata.Layers.Select(l => l.Name).Order(StringComparer.Ordinal)];

    private RecipeDifference Recipe(Recipe old, Recipe now, ImmutableArray<string> tasks, ImmutableArray<ValueChange> everywhere, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        return new(
            now.Name,
            old.File == now.File ? null : new("recipe", question.Shown(old.File), question.Shown(now.File)),
            [.. now.Appends.Except(old.Appends).Select(question.Shown)],
            [.. Differences(old.Variables, now.Variables).Except(everywhere)],
            [.. tasks.Select(t => t[(now.Name.Length + 1)..]).Order(StringComparer.Ordinal)]);
    }

    private static ImmutableArray<ValueChange> Differences(Datastore old, Datastore now) =>
    [
        .. old.Names.Union(now.Names).Where(n => !s_bookkeeping.Any(b => n.StartsWith(b, StringComparison.Ordinal))).Order(StringComparer.Ordinal)
            .Select(n => new ValueChange(n, ValueOf(old, n), ValueOf(now, n))).Where(c => c.Before != c.After),
    ];

    private static string? ValueOf(Datastore variables, string name)
    {
        try
        {
            return variables.Get(name);
        }
        catch (ExpansionException)
        {
            return null;
        }
    }

    /// <summary>The recipes that the targets need, by name.</summary>
    private static SortedDictionary<string, Recipe> RecipesOf(LayerState state)
    {
        var wanted = state.Tasks.Values.Select(t => (t.RecipeName, t.RecipeFile)).ToHashSet();
        var recipes = new SortedDictionary<string, Recipe>(StringComparer.Ordinal);
        foreach (var recipe in state.Metadata.Recipes)
            if (wanted.Contains((recipe.Name, recipe.File))) recipes[recipe.Name] = recipe;
        return recipes;
    }

    /// <summary>Version and licence of each package, as its recipe declares them.</summary>
    private static SortedDictionary<string, string> PackagesOf(SortedDictionary<string, Recipe> recipes)
    {
        var packages = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var recipe in recipes.Values)
            foreach (var package in Words.Of(ValueOf(recipe.Variables, "PACKAGES")))
                packages[package] = $"{RecipeReader.VersionOf(recipe)}, {ValueOf(recipe.Variables, $"LICENSE:{package}") ?? ValueOf(recipe.Variables, "LICENSE")}";
        return packages;
    }

    private static ImmutableArray<ValueChange> Changes<T>(SortedDictionary<string, T> old, SortedDictionary<string, T> now, Func<T, string> text) =>
    [
        .. old.Keys.Union(now.Keys).Order(StringComparer.Ordinal)
            .Select(n => new ValueChange(n, old.TryGetValue(n, out var o) ? text(o) : null, now.TryGetValue(n, out var a) ? text(a) : null))
            .Where(c => c.Before != c.After),
    ];
}
