using System.Collections.Immutable;
using Strata.Cache;
using Strata.Core;

namespace Strata.Cli;

/// <summary>What the history remembers of the keys of an artifact, for those who have no history of it.</summary>
internal static class RememberedKeys
{
    /// <summary>Null when no build that is still remembered decided about the task with one of these keys.</summary>
    /// <param name="task">The task that made the artifact.</param>
    /// <param name="keys">Deep and shallow keys; only deep ones are remembered.</param>
    public static KeyBundle? Of(string task, ImmutableArray<Digest> keys, BuildHistory history)
    {
        if (keys.Select(history.FindKey).FirstOrDefault(k => k is not null) is not { } made) return null;
        var found = ImmutableSortedDictionary.CreateBuilder<string, TaskKey>(StringComparer.Ordinal);
        var recipe = task[..(task.LastIndexOf(':') + 1)];
        var open = new Queue<(string Task, TaskKey Key)>([(task, made)]);
        while (open.TryDequeue(out var next))
        {
            if (!found.TryAdd(next.Task, next.Key)) continue;
            foreach (var (field, digest) in next.Key.Fields)
                if (field.StartsWith($"dep:{recipe}", StringComparison.Ordinal) && Digest.TryParse(digest, out var below) && history.FindKey(below) is { } key)
                    open.Enqueue((field["dep:".Length..], key));
        }
        return new(task, found.ToImmutable());
    }
}
