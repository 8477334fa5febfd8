using System.Text.RegularExpressions;
using Strata.Core;
using Strata.Graph.Providers;
using Strata.Metadata;
using Strata.Metadata.Evaluation;

namespace Strata.Graph.Building;

/// <summary>
/// From names to recipes in one configuration: everything that the targets need, through DEPENDS, RDEPENDS, RRECOMMENDS and the tasks'
/// [depends] and [rdepends]. As in BitBake a name must have a provider even if no task turns out to need it.
/// </summary>
internal sealed class Resolution
{
    private readonly ProviderChoice _choice;
    private readonly Diagnostics _diagnostics;
    private readonly List<Regex> _assumed;
    private readonly Dictionary<string, ResolvedRecipe?> _build = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ResolvedRecipe?> _runtime = new(StringComparer.Ordinal);
    private readonly Dictionary<RecipeFacts, ResolvedRecipe> _resolved = [];
    private int _followed;

    public Resolution(LoadedMetadata metadata, ProviderTable table, Diagnostics diagnostics)
    {
        (Metadata, Table, _diagnostics) = (metadata, table, diagnostics);
        _choice = new(table, metadata.Configuration, diagnostics);
        _assumed = [];
        foreach (var pattern in WordList.Of(metadata.Configuration.Get("ASSUME_PROVIDED")))
            if (Patterns.TryCompile(pattern) is { } compiled) _assumed.Add(compiled);
            else diagnostics.Add(GraphRules.BadPattern(Places.Of(metadata.Configuration, "ASSUME_PROVIDED"), "ASSUME_PROVIDED", pattern));
    }

    public LoadedMetadata Metadata { get; }

    public ProviderTable Table { get; }

    /// <summary>The name of the multiconfig, or empty.</summary>
    public string Name => Metadata.Multiconfig;

    /// <summary>What the full names of this configuration's recipes begin with.</summary>
    public string Prefix => Name.Length == 0 ? "" : $"mc:{Name}:";

    /// <summary>What the [mcdepends] flags of all recipes ask for, in order.</summary>
    public List<((ResolvedRecipe Recipe, string Task) By, OtherConfiguration Reference)> WantedElsewhere { get; } = [];

    /// <summary>In the order they were first wanted.</summary>
    public List<ResolvedRecipe> Recipes { get; } = [];

    /// <summary>The recipe that provides a target's name; null if that was reported or the name is assumed to be provided.</summary>
    public ResolvedRecipe? Target(string name)
    {
        if (IsAssumed(name)) return null;
        if (_choice.ForBuild(name) is { } facts) return _build[name] = Want(facts, null, name);
        ReportUnknownTarget(name);
        return null;
    }

    /// <summary>Asks for something because another configuration needs it.</summary>
    public void Want(ResolvedRecipe by, string name, SourceSpan place) => WantForBuild(by, name, () => place);

    /// <summary>Follows all dependencies of what was wanted since the last call.</summary>
    public void Follow(CancellationToken cancel)
    {
        while (_followed < Recipes.Count)
        {
            var end = Recipes.Count;
            var start = _followed;
            Workers.ForEach(Environment.ProcessorCount, end - start, i => Recipes[start + i].Read(_diagnostics), cancel);
            for (; _followed < end; _followed++) WantDependenciesOf(Recipes[_followed]);
        }
    }

    /// <summary>What was chosen for a build name; null where nothing provides it or it is assumed to be provided.</summary>
    public ResolvedRecipe? ForBuild(string name) => _build.GetValueOrDefault(name);

    public ResolvedRecipe? ForRuntime(string name) => _runtime.GetValueOrDefault(name);

    private void WantDependenciesOf(ResolvedRecipe recipe)
    {
        foreach (var name in recipe.Dependencies)
            if (!_build.ContainsKey(name)) WantForBuild(recipe, name, () => Places.Of(recipe.Recipe, "DEPENDS", word: name));
        foreach (var name in recipe.RuntimeDependencies)
            if (!_runtime.ContainsKey(name)) WantForRuntime(recipe, name, () => Places.OfRuntimeDependency(recipe.Recipe, recipe.Facts.Packages, name));
        foreach (var task in recipe.Tasks)
        {
            foreach (var reference in task.Depends) WantForBuild(recipe, reference.Name, () => Places.Of(recipe.Recipe, task.Name, "depends", reference.Name));
            foreach (var reference in task.RuntimeDepends) WantForRuntime(recipe, reference.Name, () => Places.Of(recipe.Recipe, task.Name, "rdepends", reference.Name));
            foreach (var other in task.OtherConfigurations) WantedElsewhere.Add(((recipe, task.Name), other));
        }
    }

    private void WantForBuild(ResolvedRecipe by, string name, Func<SourceSpan> place)
    {
        if (_build.ContainsKey(name)) return;
        var facts = IsAssumed(name) ? null : _choice.ForBuild(name);
        _build[name] = facts is null ? null : Want(facts, new(by, place), name);
        if (facts is not null || IsAssumed(name)) return;
        if (Table.SkippedProvidersOf(name) is [var skipped, ..]) ReportOnlySkipped(place(), name, skipped, by);
        else if (Table.ProvidersOf(name).Count == 0)
            Report(GraphRules.NothingProvides(place(), name, by.Chain(), Suggest.Nearest(name, Table.BuildNames)), by);
    }

    private void WantForRuntime(ResolvedRecipe by, string name, Func<SourceSpan> place)
    {
        if (_runtime.ContainsKey(name)) return;
        var facts = _choice.ForRuntime(name);
        _runtime[name] = facts is null ? null : Want(facts, new(by, place), name);
        if (facts is not null) return;
        if (Table.SkippedProvidersOf(name) is [var skipped, ..]) ReportOnlySkipped(place(), name, skipped, by);
        else if (Table.RuntimeProvidersOf(name).Count == 0)
            Report(GraphRules.NothingProvidesAtRunTime(place(), name, by.Chain(), Suggest.Nearest(name, Table.RuntimeNames)), by);
    }

    private void ReportOnlySkipped(SourceSpan place, string name, RecipeFacts skipped, ResolvedRecipe by) =>
        Report(GraphRules.OnlySkipped(place, name, skipped.Recipe.Name, skipped.Recipe.SkipReason!, by.Chain()), by);

    private void Report(Diagnostic diagnostic, ResolvedRecipe by) => _diagnostics.Add(diagnostic with { Related = [.. by.ChainPlaces()] });

    private ResolvedRecipe Want(RecipeFacts facts, WantedBy? by, string name)
    {
        if (_resolved.TryGetValue(facts, out var known)) return known;
        var recipe = new ResolvedRecipe(facts, this, by, name);
        _resolved.Add(facts, recipe);
        Recipes.Add(recipe);
        return recipe;
    }

    private void ReportUnknownTarget(string name)
    {
        if (Table.SkippedProvidersOf(name) is [var skipped, ..])
            _diagnostics.Add(GraphRules.OnlySkipped(new(skipped.Recipe.File), name, skipped.Recipe.Name, skipped.Recipe.SkipReason!, []));
        else if (Table.ProvidersOf(name).Count == 0)
            _diagnostics.Add(GraphRules.UnknownTarget(name, MakerOfPackage(name) ?? Suggest.Nearest(name, Table.BuildNames)));
    }

    /// <summary>People ask for a package where only recipes are targets.</summary>
    private string? MakerOfPackage(string name) => Table.RuntimeProvidersOf(name) is [var maker, ..] ? maker.Recipe.Name : null;

    private bool IsAssumed(string name) => _assumed.Exists(pattern => pattern.IsMatch(name));
}
