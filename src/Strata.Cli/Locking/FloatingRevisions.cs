using System.Collections.Immutable;
using Strata.Cli.Builtins;
using Strata.Core;
using Strata.Fetch;
using Strata.Metadata;

namespace Strata.Cli.Locking;

/// <summary><c>SRCREV = "${AUTOREV}"</c>: what the branch is at the moment. Only a workspace without a lock file asks, each time again, and says what it took.</summary>
internal static class FloatingRevisions
{
    private const string Floating = "AUTOINC";

    /// <summary>Sets the revisions of the recipes that leave them to the moment; these recipes, after reporting each and whoever could not be asked.</summary>
    public static async Task<ImmutableArray<Recipe>> FillInAsync(
        IEnumerable<Recipe> recipes, Workspace workspace, Func<SourceTools> open, Diagnostics diagnostics, CancellationToken cancel)
    {
        if (File.Exists(LockFile.PathIn(workspace))) return [];
        var floating = recipes.Select(r => (Recipe: r, Request: SourceRequests.Of(r))).Where(r => r.Request.Revisions.ContainsValue(Floating)).ToImmutableArray();
        if (floating.IsEmpty) return [];

        using var sources = open();
        foreach (var (recipe, request) in floating)
            foreach (var source in SourcePlan.OpenSources(request).Where(s => s.IsGit))
                try
                {
                    var pin = await sources.Fetcher.FindPinAsync(source, new(recipe.File), cancel);
                    recipe.Variables.Set(source.Setting, pin);
                    diagnostics.Add(LockRules.Floating(new(recipe.File), recipe.Name, source.ToString(), pin));
                }
                catch (SourceException e)
                {
                    diagnostics.Add(e.Problem);
                }
        return [.. floating.Select(f => f.Recipe)];
    }
}
