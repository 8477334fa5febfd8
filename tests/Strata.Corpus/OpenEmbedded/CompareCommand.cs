using System.Globalization;
using Strata.Core;
using Strata.Corpus.Effects;
using Strata.Metadata;

namespace Strata.Corpus.OpenEmbedded;

/// <summary>
/// <c>tools/compare-oe VALUES OE_DIR [--all]</c>: how far Strata's values of openembedded-core are BitBake's, by variable, and who makes
/// those that differ. With --all each unexplained difference is printed.
/// </summary>
internal static class CompareCommand
{
    private const double Wanted = 99.0;

    /// <summary>Differences printed for each variable without --all, and reasons printed.</summary>
    private const int Examples = 2;
    private const int MostReasons = 40;

    public static int Run(string values, string directory, bool showAll)
    {
        using var workspace = new OpenEmbeddedWorkspace(Path.Combine(directory, "meta"));
        var diagnostics = new Diagnostics();
        var metadata = workspace.Load(diagnostics);
        foreach (var error in diagnostics.Sorted().Where(d => d.Severity == Severity.Error)) Console.WriteLine(error);

        var comparisons = Compare(metadata, RecordedRecipe.ReadAll(values), Anonymous);
        PrintTable(comparisons);
        PrintReasons(comparisons);
        PrintUnexplained(comparisons, showAll);
        return PrintTotals(comparisons) >= Wanted ? 0 : 1;

        string Anonymous(string text) => text.Replace(directory, "@OE@", StringComparison.Ordinal).Replace(workspace.Top, "@TOP@", StringComparison.Ordinal);
    }

    private static List<Comparison> Compare(LoadedMetadata metadata, IEnumerable<RecordedRecipe> recorded, Func<string, string> anonymous)
    {
        var recipes = metadata.Recipes.ToDictionary(r => (anonymous(r.File), r.Variant));
        var analysis = new EffectAnalysis(metadata);
        List<Comparison> comparisons = [];
        foreach (var expected in recorded)
            if (recipes.TryGetValue((expected.File, expected.Variant), out var recipe)) comparisons.AddRange(new RecipeComparer(recipe, expected, analysis, anonymous).Compare());
            else comparisons.Add(new($"{expected.File} {expected.Variant}", "(recipe)", "recipe", "present", "absent", null));
        return comparisons;
    }

    private static void PrintTable(List<Comparison> comparisons)
    {
        Console.WriteLine($"{"variable",-26}{"values",9}{"same",9}{"Python",9}{"other",7}   same, of those that no Python makes");
        foreach (var group in comparisons.GroupBy(c => c.Group, StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal))
            Console.WriteLine($"{group.Key,-26}{group.Count(),9}{group.Count(c => c.IsSame),9}{group.Count(c => c.IsMadeByPython),9}{group.Count(c => c.IsUnexplained),7}   {Percent(group)} %");
    }

    private static void PrintReasons(List<Comparison> comparisons)
    {
        Console.WriteLine("\nvalues made by Python that Strata does not run:");
        var makers = comparisons.Where(c => c.IsMadeByPython).GroupBy(c => c.Maker!, StringComparer.Ordinal).OrderByDescending(g => g.Count()).ThenBy(g => g.Key, StringComparer.Ordinal).ToList();
        foreach (var maker in makers.Take(MostReasons))
            Console.WriteLine($"{maker.Count(),8}  {maker.Key} ({string.Join(", ", maker.GroupBy(c => c.Group).OrderByDescending(g => g.Count()).ThenBy(g => g.Key, StringComparer.Ordinal).Take(4).Select(g => g.Key))})");
        if (makers.Count > MostReasons) Console.WriteLine($"{makers.Skip(MostReasons).Sum(m => m.Count()),8}  by {makers.Count - MostReasons} others");
    }

    private static void PrintUnexplained(List<Comparison> comparisons, bool showAll)
    {
        Console.WriteLine("\nother differences:");
        foreach (var group in comparisons.Where(c => c.IsUnexplained).GroupBy(c => c.Group, StringComparer.Ordinal).OrderByDescending(g => g.Count()).ThenBy(g => g.Key, StringComparer.Ordinal))
        {
            Console.WriteLine($"{group.Count(),8}  {group.Key}, {group.Count(c => c.Actual.StartsWith(Comparison.ErrorMark, StringComparison.Ordinal))} of them an error that says why");
            foreach (var one in showAll ? group : group.Take(Examples)) Console.WriteLine($"            {one.Recipe}: {one.Name}\n              BitBake {one.Expected}\n              Strata  {one.Actual}");
        }
    }

    private static double PrintTotals(List<Comparison> comparisons)
    {
        var (same, python, other) = (comparisons.Count(c => c.IsSame), comparisons.Count(c => c.IsMadeByPython), comparisons.Count(c => c.IsUnexplained));
        Console.WriteLine($"\n{comparisons.Count} values: {same} the same, {python} made by Python, {other} other; {Percent(comparisons)} % of those that no Python makes are the same");
        return 100.0 * same / Math.Max(1, same + other);
    }

    private static string Percent(IEnumerable<Comparison> comparisons)
    {
        var (same, all) = (comparisons.Count(c => c.IsSame), comparisons.Count(c => !c.IsMadeByPython));
        return all == 0 ? "–" : (100.0 * same / all).ToString("F2", CultureInfo.InvariantCulture);
    }
}
