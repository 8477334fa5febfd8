using System.Collections.Immutable;

namespace Strata.Graph;

/// <summary>Everything that the targets need, and nothing else.</summary>
public sealed class TaskGraph
{
    private readonly Lock _gate = new();
    private Dictionary<string, TaskNode>? _byName;
    private (ImmutableArray<TaskId> Direct, ImmutableArray<TaskId> All) _latestInputs = ([], []);

    internal TaskGraph(ImmutableArray<TaskNode> tasks, ImmutableArray<TaskId> targets) => (Tasks, Targets) = (tasks, targets);

    /// <summary>Dependencies before their dependants. The same for the same metadata and targets.</summary>
    public ImmutableArray<TaskNode> Tasks { get; }

    /// <summary>The tasks that were asked for, in the order of the asking.</summary>
    public ImmutableArray<TaskId> Targets { get; }

    public TaskNode this[TaskId task] => Tasks[task.Index];

    /// <summary>The task of a name such as <c>zlib:do_compile</c>, or null.</summary>
    public TaskNode? Find(string name)
    {
        lock (_gate) return (_byName ??= Tasks.ToDictionary(t => t.Name, StringComparer.Ordinal)).GetValueOrDefault(name);
    }

    /// <summary>See <see cref="TaskNode.Inputs"/>. Not kept: in a deep graph the lists of all tasks together grow with the square of their number.</summary>
    public ImmutableArray<TaskId> InputsOf(TaskId task)
    {
        var direct = this[task].DirectInputs;
        if (direct.IsEmpty) return [];
        lock (_gate)
        {
            // The tasks of a recipe mostly see the same, and are asked one after the other.
            if (_latestInputs.Direct != direct) _latestInputs = (direct, WithInputsBelow(direct));
            return _latestInputs.All;
        }
    }

    /// <summary>What an input saw at the mount at which its dependants see it: they see that below it.</summary>
    public IEnumerable<TaskId> SeenBelow(TaskId input) =>
        this[input].Mount is { } mount ? this[input].DirectInputs.Where(i => this[i].Mount == mount) : [];

    /// <summary>The graph of what has to be there before this task can run.</summary>
    public TaskGraph Before(TaskNode task) => new(Tasks, [.. task.Dependencies.Concat(task.Inputs).Distinct()]);

    /// <summary>From now on this graph answers its tasks' questions about other tasks.</summary>
    internal TaskGraph Adopt()
    {
        foreach (var task in Tasks) task.BelongsTo(this);
        return this;
    }

    /// <summary>These, then what each of them saw at its own mount; topmost first.</summary>
    internal ImmutableArray<TaskId> WithInputsBelow(ImmutableArray<TaskId> direct)
    {
        var known = new HashSet<TaskId>(direct);
        var all = direct.ToBuilder();
        for (var i = 0; i < all.Count; i++) all.AddRange(SeenBelow(all[i]).Where(known.Add));
        return all.DrainToImmutable();
    }
}
