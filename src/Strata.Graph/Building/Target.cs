using Strata.Core;
using Strata.Graph.Providers;
using Strata.Metadata;

namespace Strata.Graph.Building;

/// <summary>What the user asked for: a name and one of its tasks. For <c>world</c> a recipe without the task is no error.</summary>
internal sealed record Target(string Name, string Task, bool IsOptional)
{
    /// <summary>Reads <c>name</c>, <c>name:task</c> and <c>name:do_task</c>; <c>world</c> and <c>universe</c> stand for many.</summary>
    public static IEnumerable<Target> Parse(string text, ProviderTable table, Datastore configuration, Diagnostics diagnostics)
    {
        if (text.StartsWith("mc:", StringComparison.Ordinal) || text.StartsWith("multiconfig:", StringComparison.Ordinal))
        {
            diagnostics.Add(GraphRules.Multiconfig(default, $"the target {text}"));
            return [];
        }
        var colon = text.LastIndexOf(':');
        var name = colon < 0 ? text : text[..colon];
        var task = colon < 0 ? configuration.Get("BB_DEFAULT_TASK") is { Length: > 0 } usual ? usual : "build" : text[(colon + 1)..];
        if (!task.StartsWith("do_", StringComparison.Ordinal)) task = $"do_{task}";
        return name switch
        {
            "world" => World(table).Select(n => new Target(n, task, IsOptional: true)),
            "universe" => table.Recipes.Select(r => r.Recipe.Name).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Select(n => new Target(n, task, IsOptional: true)),
            _ => [new(name, task, IsOptional: false)],
        };
    }

    /// <summary>All recipes but those with EXCLUDE_FROM_WORLD, those that provide something virtual and those that share a name with another.</summary>
    private static IEnumerable<string> World(ProviderTable table)
    {
        var byName = table.Recipes.ToLookup(r => r.Recipe.Name, StringComparer.Ordinal);
        return table.Recipes
            .Where(r => string.IsNullOrEmpty(r.Recipe.Get("EXCLUDE_FROM_WORLD")))
            .Select(r => r.Recipe.Name).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)
            .Where(name => byName[name].SelectMany(r => r.Provides).All(provided =>
                !provided.StartsWith("virtual/", StringComparison.Ordinal) && table.ProvidersOf(provided).All(p => p.Recipe.Name == name)));
    }
}
