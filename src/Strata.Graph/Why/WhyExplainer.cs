using System.Collections.Immutable;
using Strata.Core;

namespace Strata.Graph.Why;

/// <summary>Compares keys field by field.</summary>
public static class WhyExplainer
{
    /// <summary>All fields that differ, sorted.</summary>
    public static ImmutableArray<FieldChange> Compare(TaskKey old, TaskKey current) =>
    [
        .. from field in old.Fields.Keys.Union(current.Fields.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal)
           let change = new FieldChange(field, old.Fields.GetValueOrDefault(field), current.Fields.GetValueOrDefault(field))
           where change.Old != change.New
           select change,
    ];

    /// <summary>Follows changed dependencies down to the tasks where the change began.</summary>
    /// <param name="task">The task that is asked about.</param>
    /// <param name="old">The key of a task in an earlier build, or null: a build keeps the keys of the tasks that it had to decide about.</param>
    /// <param name="current">The key of a task now, or null.</param>
    /// <param name="oldDigest">The digest of a task's earlier key as a task above it remembers it, or null.</param>
    public static WhyReport Explain(string task, Func<string, TaskKey?> old, Func<string, TaskKey?> current, Func<string, string?> oldDigest)
    {
        if (current(task) is not { } now || (old(task)?.ToString() ?? oldDigest(task)) is not { } before) return new(task, WhyState.NeverBuilt, []);
        if (before == now.ToString()) return new(task, WhyState.Unchanged, []);

        var causes = ImmutableArray.CreateBuilder<WhyCause>();
        var seen = new HashSet<string>(StringComparer.Ordinal) { task };
        var open = new Queue<ImmutableArray<string>>([[task]]);
        while (open.TryDequeue(out var path))
        {
            if (old(path[^1]) is not { } earlier)
            {
                foreach (var below in DependenciesOf(current(path[^1])!))
                    if (seen.Add(below)) open.Enqueue(path.Add(below));
                continue;
            }
            var changes = Compare(earlier, current(path[^1])!);
            var own = changes.Where(c => !IsExplainedBelow(c, old, current)).ToImmutableArray();
            if (!own.IsEmpty) causes.Add(new(path[^1], path, own));
            foreach (var change in changes.Except(own))
                if (seen.Add(change.Dependency!)) open.Enqueue(path.Add(change.Dependency!));
        }
        return new(task, WhyState.Changed, causes.ToImmutable());
    }

    /// <summary>The dependency was there before and is there now, and what is remembered of it, or of what is below it, may tell.</summary>
    private static bool IsExplainedBelow(FieldChange change, Func<string, TaskKey?> old, Func<string, TaskKey?> current) =>
        change is { Dependency: { } task, Old: not null, New: not null }
        && current(task) is { } now && (old(task) is not { } before ? DependenciesOf(now).Any() : before.Digest != now.Digest);

    private static IEnumerable<string> DependenciesOf(TaskKey key) =>
        key.Fields.Keys.Where(f => f.StartsWith("dep:", StringComparison.Ordinal)).Select(f => f["dep:".Length..]);
}
