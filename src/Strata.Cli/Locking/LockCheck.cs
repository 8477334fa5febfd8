using System.Collections.Immutable;
using Strata.Cli.Builtins;
using Strata.Core;
using Strata.Fetch;
using Strata.Metadata;

namespace Strata.Cli.Locking;

/// <summary>Compares what recipes pin with what the lock file recorded of them.</summary>
internal static class LockCheck
{
    /// <summary>Reports each pin of the recipes that is another one than when it was locked. Sources that the file does not know are pinned by their recipes.</summary>
    public static void Run(Workspace workspace, IEnumerable<Recipe> recipes, Diagnostics diagnostics)
    {
        var path = LockFile.PathIn(workspace);
        if (!File.Exists(path)) return;
        var records = LockFile.Read(path).Where(e => e.IsRecord).ToLookup(e => e.Recipe, StringComparer.Ordinal);
        // Versions of one recipe share its name, and with it what was recorded.
        foreach (var versions in recipes.Where(r => records.Contains(r.Name)).GroupBy(r => r.Name))
            foreach (var (was, now) in Changes(records[versions.Key], versions.SelectMany(r => RecordsOf(r))))
                diagnostics.Add(LockRules.Changed(path, was, now, new(versions.First().File)));
    }

    public static ImmutableArray<LockEntry> RecordsOf(Recipe recipe) =>
        [.. SourcePlan.PinnedSources(SourceRequests.Of(recipe)).Select(source => LockEntry.Of(recipe.Name, source))];

    /// <summary>Pins of the file that the recipe has no more although it still has their source, with those that it has now.</summary>
    private static IEnumerable<(LockEntry Was, ImmutableArray<string> Now)> Changes(IEnumerable<LockEntry> recorded, IEnumerable<LockEntry> present)
    {
        var pins = present.ToLookup(e => e.Key, e => e.Pin);
        return recorded.Where(e => pins.Contains(e.Key) && !pins[e.Key].Contains(e.Pin)).Select(e => (e, pins[e.Key].Order(StringComparer.Ordinal).ToImmutableArray()));
    }
}
