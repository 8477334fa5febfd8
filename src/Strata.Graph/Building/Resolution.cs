using System.Text.RegularExpressions;
using Strata.Core;
using Strata.Graph.Providers;
using Strata.Metadata;

namespace Strata.Graph.Building;

/// <summary>
/// From names to recipes: everything that the targets need, through DEPENDS, RDEPENDS, RRECOMMENDS and the tasks' [depends] and
/// [rdepends]. As in BitBake a name must have a provider even if no task turns out to need it.
/// </summary>
internal sealed class Resolution
{
    private readonly ProviderTable _table;
    private readonly ProviderChoice _choice;
    private readonly Diagnostics _diagnostics;
    private readonly List<Regex> _assumed;
    private readonly Dictionary<string, ResolvedRecipe?> _build = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ResolvedRecipe?> _runtime = new(StringComparer.Ordinal);
    private readonly Dictionary<RecipeFacts, ResolvedRecipe> _resolved = [];

    public Resolution(ProviderTable table, Datastore configuration, Diagnostics diagnostics)
    {
        (_table, _diagnostics) = (table, diagnostics);
        _choice = new(table, configuration, diagnostics);
        _assumed = [];
        foreach (var pattern in WordList.Of(configuration.Get("ASSUME_PROVIDED")))
            if (Patterns.TryCompile(pattern) is { } compiled) _assumed.Add(compiled);
            else diagnostics.Add(GraphRules.BadPattern(Places.Of(configuration, "ASSUME_PROVIDED"), "ASSUME_PROVIDED", pattern));
    }

    /// <summary>In the order they were first wanted.</summary>
    public List<ResolvedRecipe> Recipes { get; } = [];

    public int TaskCount { get; private set; }

    /// <summary>The recipe that provides a target's name; null if that was reported or the name is assumed to be provided.</summary>
    public ResolvedRecipe? Target(string name)
    {
        if (IsAssumed(name)) return null;
        if (_choice.ForBuild(name) is { } facts) return _build[name] = Want(facts, null, name);
        ReportUnknownTarget(name);
        return null;
    }

    /// <summary>Follows all dependencies of the targets, then numbers all tasks.</summary>
    public void Complete(CancellationToken cancel)
    {
        for (var start = 0; start < Recipes.Count;)
        {
            var end = Recipes.Count;
            _ = Parallel.For(start, end, new ParallelOptions { CancellationToken = cancel }, i => Recipes[i].Read(_diagnostics));
            for (; start < end; start++) WantDependenciesOf(Recipes[start]);
        }
        foreach (var recipe in Recipes) TaskCount = recipe.NumberTasks(TaskCount);
    }

    /// <summary>What was chosen for a build name; null where nothing provides it or it is assumed to be provided.</summary>
    public ResolvedRecipe? ForBuild(string name) => _build.GetValueOrDefault(name);

    public ResolvedRecipe? ForRuntime(string name) => _runtime.GetValueOrDefault(name);

    private void WantDependenciesOf(ResolvedRecipe recipe)
    {
        foreach (var name in recipe.Dependencies) WantForBuild(recipe, name, () => Places.Of(recipe.Recipe, "DEPENDS", word: name));
        foreach (var name in recipe.RuntimeDependencies) WantForRuntime(recipe, name, () => PlaceOfRuntimeDependency(recipe, name));
        foreach (var task in recipe.Tasks)
        {
            foreach (var reference in task.Depends) WantForBuild(recipe, reference.Name, () => Places.Of(recipe.Recipe, task.Name, "depends", reference.Name));
            foreach (var reference in task.RuntimeDepends) WantForRuntime(recipe, reference.Name, () => Places.Of(recipe.Recipe, task.Name, "rdepends", reference.Name));
        }
    }

    private void WantForBuild(ResolvedRecipe by, string name, Func<SourceSpan> place)
    {
        if (_build.ContainsKey(name)) return;
        var facts = IsAssumed(name) ? null : _choice.ForBuild(name);
        _build[name] = facts is null ? null : Want(facts, by, name);
        if (facts is not null || IsAssumed(name)) return;
        if (_table.SkippedProvidersOf(name) is [var skipped, ..])
            _diagnostics.Add(GraphRules.OnlySkipped(place(), name, skipped.Recipe.Name, skipped.Recipe.SkipReason!, by.Chain()));
        else if (_table.ProvidersOf(name).Count == 0)
            _diagnostics.Add(GraphRules.NothingProvides(place(), name, by.Chain(), Suggest.Nearest(name, _table.BuildNames)));
    }

    private void WantForRuntime(ResolvedRecipe by, string name, Func<SourceSpan> place)
    {
        if (_runtime.ContainsKey(name)) return;
        var facts = _choice.ForRuntime(name);
        _runtime[name] = facts is null ? null : Want(facts, by, name);
        if (facts is not null) return;
        if (_table.SkippedProvidersOf(name) is [var skipped, ..])
            _diagnostics.Add(GraphRules.OnlySkipped(place(), name, skipped.Recipe.Name, skipped.Recipe.SkipReason!, by.Chain()));
        else if (_table.RuntimeProvidersOf(name).Count == 0)
            _diagnostics.Add(GraphRules.NothingProvidesAtRunTime(place(), name, by.Chain(), Suggest.Nearest(name, _table.RuntimeNames)));
    }

    private ResolvedRecipe Want(RecipeFacts facts, ResolvedRecipe? by, string name)
    {
        if (_resolved.TryGetValue(facts, out var known)) return known;
        var recipe = new ResolvedRecipe(facts, by, name);
        _resolved.Add(facts, recipe);
        Recipes.Add(recipe);
        return recipe;
    }

    private void ReportUnknownTarget(string name)
    {
        if (_table.SkippedProvidersOf(name) is [var skipped, ..])
            _diagnostics.Add(GraphRules.OnlySkipped(new(skipped.Recipe.File), name, skipped.Recipe.Name, skipped.Recipe.SkipReason!, []));
        else if (_table.ProvidersOf(name).Count == 0)
            _diagnostics.Add(GraphRules.UnknownTarget(name, MakerOfPackage(name) ?? Suggest.Nearest(name, _table.BuildNames)));
    }

    /// <summary>People ask for a package where only recipes are targets.</summary>
    private string? MakerOfPackage(string name) => _table.RuntimeProvidersOf(name) is [var maker, ..] ? maker.Recipe.Name : null;

    private bool IsAssumed(string name) => _assumed.Exists(pattern => pattern.IsMatch(name));

    private static SourceSpan PlaceOfRuntimeDependency(ResolvedRecipe recipe, string name) => Places.OfWord(recipe.Recipe, name,
        from variable in (string[])["RDEPENDS", "RRECOMMENDS"]
        from suffix in recipe.Facts.Packages.Select(p => $":{p}").Prepend("")
        select variable + suffix);
}
