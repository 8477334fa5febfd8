using System.Collections.Immutable;
using Strata.Core;
using Strata.Graph;
using Strata.Metadata;
using Strata.Sandbox.HostPackages;

namespace Strata.Cli.HostTools;

/// <summary>
/// Tells recipes that import packages of the build machine which ones these are: HOST_PACKAGES names some, HOST_PACKAGE_VERSIONS
/// becomes their closure with versions, which enters the task's key.
/// </summary>
public sealed class HostPackageVersions
{
    private readonly ImmutableSortedDictionary<string, ImmutableArray<string>> _missing;

    private HostPackageVersions(ImmutableSortedDictionary<string, ImmutableArray<string>> missing) => _missing = missing;

    /// <summary>Names that are not installed, over the recipes that were filled in.</summary>
    public ImmutableArray<string> Missing => Sorted(_missing.Values.SelectMany(names => names));

    /// <summary>Names that are not installed, over all recipes.</summary>
    public static ImmutableArray<string> MissingFor(LoadedMetadata metadata)
    {
        var absent = new List<string>();
        _ = DpkgDatabase.Read().Closure([.. metadata.Configurations.SelectMany(c => c.Recipes).Where(r => r.SkipReason is null).SelectMany(WantedBy)], absent);
        return Sorted(absent);
    }

    public static HostPackageVersions FillIn(IEnumerable<Recipe> recipes)
    {
        var database = new Lazy<DpkgDatabase>(() => DpkgDatabase.Read());
        var missing = ImmutableSortedDictionary.CreateBuilder<string, ImmutableArray<string>>(StringComparer.Ordinal);
        foreach (var recipe in recipes)
        {
            var wanted = WantedBy(recipe);
            if (wanted.Length == 0) continue;

            var absent = new List<string>();
            var present = database.Value.Closure(Words.Of(recipe.Variables.Get("HOST_PACKAGES_PRESENT")), []);
            var versions = database.Value.Closure(wanted, absent).Except(present).Select(p => p.ToString());
            recipe.Variables.Set("HOST_PACKAGE_VERSIONS", string.Join(' ', versions));
            if (absent.Count > 0) missing[recipe.File] = [.. absent];
        }
        return new(missing.ToImmutable());
    }

    private static string[] WantedBy(Recipe recipe) => Words.Of(recipe.Get("HOST_PACKAGES"));

    private static ImmutableArray<string> Sorted(IEnumerable<string> names) => [.. names.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    /// <summary>Only recipes that the build needs are worth an error.</summary>
    public void ReportMissing(TaskGraph graph, Diagnostics diagnostics)
    {
        foreach (var task in graph.Tasks)
            if (_missing.TryGetValue(task.Place.File, out var names))
                diagnostics.Add(CliRules.HostPackagesMissing(new(task.Place.File), task.RecipeName, names));
    }
}
