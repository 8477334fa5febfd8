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
    /// <param name="old">The key of a task in an earlier build, or null.</param>
    /// <param name="current">The key of a task now, or null.</param>
    public static WhyReport Explain(string task, Func<string, TaskKey?> old, Func<string, TaskKey?> current)
    {
        if (old(task) is not { } before || current(task) is not { } now) return new(task, WhyState.NeverBuilt, []);
        if (before == now || before.Digest == now.Digest) return new(task, WhyState.Unchanged, []);

        var causes = ImmutableArray.CreateBuilder<WhyCause>();
        var seen = new HashSet<string>(StringComparer.Ordinal) { task };
        var open = new Queue<ImmutableArray<string>>([[task]]);
        while (open.TryDequeue(out var path))
        {
            var changes = Compare(old(path[^1])!, current(path[^1])!);
            var own = changes.Where(c => !IsExplainedBelow(c, old, current)).ToImmutableArray();
            if (!own.IsEmpty) causes.Add(new(path[^1], path, own));
            foreach (var change in changes.Except(own))
                if (seen.Add(change.Dependency!)) open.Enqueue(path.Add(change.Dependency!));
        }
        return new(task, WhyState.Changed, causes.ToImmutable());
    }

    /// <summary>The dependency was there before and is there now, and both its keys are remembered and differ.</summary>
    private static bool IsExplainedBelow(FieldChange change, Func<string, TaskKey?> old, Func<string, TaskKey?> current) =>
        change is { Dependency: { } task, Old: not null, New: not null }
        && old(task) is { } before && current(task) is { } now && before.Digest != now.Digest;
}
