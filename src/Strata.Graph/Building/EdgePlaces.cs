using System.Collections.Immutable;
using Strata.Core;

namespace Strata.Graph.Building;

/// <summary>Finds the line that made an edge. Slow, and only for messages.</summary>
internal static class EdgePlaces
{
    public static SourceSpan Of(EdgeTable edges, int task, int dependency)
    {
        var (recipe, other) = (edges.RecipeOf(task), edges.RecipeOf(dependency));
        var (spec, wanted) = (edges.SpecOf(task), edges.SpecOf(dependency).Name);
        if (recipe == other && spec.After.Contains(wanted)) return Places.OfEdge(recipe.Recipe, spec.Name, wanted);
        if (Reference(spec.Depends, recipe.Names.ForBuild) is { } build) return Places.Of(recipe.Recipe, spec.Name, "depends", build);
        if (Reference(spec.RuntimeDepends, recipe.Names.ForRuntime) is { } runtime) return Places.Of(recipe.Recipe, spec.Name, "rdepends", runtime);
        if (spec.OtherConfigurations.FirstOrDefault(o => o.Task == wanted && o.To == other.Configuration) is { Name: not null } elsewhere)
            return Places.Of(recipe.Recipe, spec.Name, "mcdepends", elsewhere.Name);
        if ((spec.DepTask.Contains(wanted) || spec.RecursiveDepTask.Contains(wanted)) && recipe.Dependencies.FirstOrDefault(n => recipe.Names.ForBuild(n) == other) is { } name)
            return Places.Of(recipe.Recipe, "DEPENDS", word: name);
        if ((spec.RuntimeDepTask.Contains(wanted) || spec.RecursiveDepTask.Contains(wanted)) && recipe.RuntimeDependencies.FirstOrDefault(n => recipe.Names.ForRuntime(n) == other) is { } package)
            return Places.OfRuntimeDependency(recipe.Recipe, recipe.Facts.Packages, package);
        return Places.Of(recipe.Recipe, spec.Name, "recrdeptask");

        string? Reference(ImmutableArray<TaskReference> references, Func<string, ResolvedRecipe?> find) =>
            references.FirstOrDefault(r => r.Task == wanted && find(r.Name) == other).Name;
    }
}
