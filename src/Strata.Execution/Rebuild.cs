using System.Collections.Concurrent;
using System.Collections.Immutable;
using Strata.Core;
using Strata.Graph;

namespace Strata.Execution;

/// <summary>
/// Recipes that a build makes again although the store has what they make, to see whether the same comes out. Every task is judged alone:
/// what depends on one that came out differently gets the artifact of before.
/// </summary>
/// <param name="recipes">Their names; null for all.</param>
public sealed class Rebuild(ImmutableHashSet<string>? recipes)
{
    private readonly ConcurrentDictionary<string, RebuiltArtifact> _artifacts = new(StringComparer.Ordinal);

    /// <summary>What could be compared, by the name of the task.</summary>
    public ImmutableArray<RebuiltArtifact> Artifacts => [.. _artifacts.Values.OrderBy(a => a.Task, StringComparer.Ordinal)];

    internal bool Covers(TaskNode task) => recipes is null || recipes.Contains(task.RecipeName);

    /// <returns>The artifact with which the build goes on.</returns>
    internal Digest Compare(string task, Digest before, Digest made)
    {
        _artifacts[task] = new(task, before, made);
        return before;
    }
}
