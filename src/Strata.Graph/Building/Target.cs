using Strata.Core;
using Strata.Graph.Providers;

namespace Strata.Graph.Building;

/// <summary>What the user asked for: a name and one of its tasks. For <c>world</c> a recipe without the task is no error.</summary>
internal sealed record Target(Resolution Configuration, string Name, string Task, bool IsOptional)
{
    private const string Everywhere = "*";

    /// <summary>
    /// Reads <c>name</c>, <c>name:task</c> and <c>name:do_task</c>, each also behind <c>mc:CONFIGURATION:</c>; <c>world</c> and <c>universe</c>
    /// stand for many recipes, <c>mc:*:</c> for all configurations.
    /// </summary>
    public static IEnumerable<Target> Parse(string text, Universe universe, bool isOnlyWildcards, Diagnostics diagnostics)
    {
        if (SplitConfiguration(text) is not var (configuration, name)) return InConfiguration(universe.Find("")!, text);
        // As in BitBake: * is the plain configuration, too, unless targets of the plain configuration are named besides.
        if (configuration == Everywhere) return universe.Configurations.Where(c => c.Name.Length > 0 || isOnlyWildcards).SelectMany(c => InConfiguration(c, name));
        if (universe.Find(configuration) is { } known) return InConfiguration(known, name);
        diagnostics.Add(GraphRules.UnknownConfiguration(default, configuration, $"the target {text}", universe.Names));
        return [];
    }

    /// <summary>Whether the target names a configuration.</summary>
    public static bool IsQualified(string text) => SplitConfiguration(text) is not null;

    private static (string Configuration, string Name)? SplitConfiguration(string text) =>
        text.Split(':', 3) is ["mc" or "multiconfig", var configuration, var rest] ? (configuration, rest) : null;

    private static IEnumerable<Target> InConfiguration(Resolution configuration, string text)
    {
        var table = configuration.Table;
        var colon = text.LastIndexOf(':');
        var name = colon < 0 ? text : text[..colon];
        var usual = configuration.Metadata.Configuration.Get("BB_DEFAULT_TASK");
        var task = colon >= 0 ? text[(colon + 1)..] : usual is { Length: > 0 } ? usual : "build";
        if (!task.StartsWith("do_", StringComparison.Ordinal)) task = $"do_{task}";
        return name switch
        {
            "world" => World(table).Select(n => new Target(configuration, n, task, IsOptional: true)),
            "universe" => Names(table.Recipes).Select(n => new Target(configuration, n, task, IsOptional: true)),
            _ => [new(configuration, name, task, IsOptional: false)],
        };
    }

    /// <summary>All recipes but those with EXCLUDE_FROM_WORLD, those that provide something virtual and those that share a name with another.</summary>
    private static IEnumerable<string> World(ProviderTable table)
    {
        var byName = table.Recipes.ToLookup(r => r.Recipe.Name, StringComparer.Ordinal);
        return Names(table.Recipes.Where(r => string.IsNullOrEmpty(r.Recipe.Get("EXCLUDE_FROM_WORLD"))))
            .Where(name => byName[name].SelectMany(r => r.Provides).All(provided =>
                !provided.StartsWith("virtual/", StringComparison.Ordinal) && table.ProvidersOf(provided).All(p => p.Recipe.Name == name)));
    }

    private static IEnumerable<string> Names(IEnumerable<RecipeFacts> recipes) =>
        recipes.Select(r => r.Recipe.Name).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);
}
