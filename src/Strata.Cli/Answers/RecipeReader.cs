using System.Collections.Immutable;
using Strata.Fetch;
using Strata.Metadata;

namespace Strata.Cli.Answers;

/// <summary>Reads what there is to say about one recipe, without building a graph.</summary>
internal static class RecipeReader
{
    /// <summary>Flags that order a task after tasks of other recipes, and how that is shown.</summary>
    private static readonly (string Flag, string Shown)[] s_dependencyFlags =
        [("depends", ""), ("deptask", "DEPENDS:"), ("rdepends", ""), ("rdeptask", "RDEPENDS:"), ("recrdeptask", "all below:")];

    public static RecipeEntry Entry(Recipe recipe, Question question) => new(
        recipe.Name, VersionOf(recipe), recipe.Layer, recipe.Variant, question.Shown(recipe.File), recipe.SkipReason);

    public static RecipeAnswer Read(Recipe recipe, Question question)
    {
        var variables = recipe.Variables;
        var packages = List("PACKAGES");
        var (flags, revisions) = SourcePlan.PinNames(variables.Get("SRC_URI") ?? "");
        return new(
            recipe.Name, VersionOf(recipe), variables.Get("PR") ?? "", recipe.Layer, recipe.LayerPriority, question.Shown(recipe.File), recipe.Variant, recipe.SkipReason,
            variables.Get("SUMMARY") ?? "", variables.Get("LICENSE") ?? "",
            [.. recipe.Appends.Select(question.Shown)],
            [.. List("PROVIDES").Distinct(StringComparer.Ordinal)],
            [.. DependencyList.Names(variables.Get("DEPENDS")).Distinct(StringComparer.Ordinal)],
            packages,
            packages.ToImmutableSortedDictionary(p => p, p => Distinct(DependencyList.Names(variables.Get($"RDEPENDS:{p}"))), StringComparer.Ordinal),
            List("SRC_URI"),
            Present(flags.Select(f => ($"SRC_URI[{f}]", variables.GetFlag("SRC_URI", f))).Concat(revisions.Select(v => (v, variables.Get(v))))),
            [.. variables.InheritedClasses.Select(c => Path.GetFileNameWithoutExtension(c))],
            [.. recipe.Tasks.Select(t => Task(variables, t))]);

        ImmutableArray<string> List(string name) => [.. Words.Of(variables.Get(name))];
    }

    /// <summary>PV, with the epoch in front where there is one.</summary>
    public static string VersionOf(Recipe recipe)
    {
        var (epoch, version) = (recipe.Get("PE"), recipe.Get("PV") ?? "");
        return string.IsNullOrEmpty(epoch) ? version : $"{epoch}:{version}";
    }

    private static TaskAnswer Task(Datastore variables, RecipeTask task) => new(
        task.Name, task.After,
        [.. from flag in s_dependencyFlags
            from word in Words.Of(variables.GetFlag(task.Name, flag.Flag))
            select flag.Shown + word],
        variables.GetFlag(task.Name, "builtin"), variables.GetFlag(task.Name, "doc"));

    private static ImmutableArray<string> Distinct(ImmutableArray<string> names) => [.. names.Distinct(StringComparer.Ordinal)];

    private static ImmutableSortedDictionary<string, string> Present(IEnumerable<(string Name, string? Value)> pins) =>
        pins.Where(p => !string.IsNullOrEmpty(p.Value)).ToImmutableSortedDictionary(p => p.Name, p => p.Value!, StringComparer.Ordinal);
}
