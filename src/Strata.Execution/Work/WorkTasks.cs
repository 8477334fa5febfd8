using System.Collections.Immutable;
using Strata.Graph;

namespace Strata.Execution;

/// <summary>Questions about the work tasks of a graph, answered on demand: most tasks of most builds are restored and never asked about.</summary>
internal sealed class WorkTasks(TaskGraph graph)
{
    private readonly Dictionary<TaskId, ImmutableArray<TaskId>> _direct = [];
    private readonly Dictionary<TaskId, ImmutableArray<TaskId>> _all = [];
    private readonly Dictionary<TaskId, ImmutableArray<TaskId>> _inputs = [];

    /// <summary>The work tasks that the task depends on, directly or through empty tasks.</summary>
    public ImmutableArray<TaskId> Direct(TaskId task)
    {
        if (_direct.TryGetValue(task, out var known)) return known;
        var found = new SortedSet<int>();
        var seen = new HashSet<TaskId>();
        var open = new Stack<TaskId>(graph[task].Dependencies);
        while (open.TryPop(out var next))
        {
            if (!seen.Add(next)) continue;
            if (graph[next].Kind is TaskKind.Work) found.Add(next.Index);
            else if (graph[next].Kind is TaskKind.Empty)
                foreach (var dependency in graph[next].Dependencies) open.Push(dependency);
        }
        return _direct[task] = [.. found.Select(i => new TaskId(i))];
    }

    /// <summary>The same transitively, dependencies first.</summary>
    public ImmutableArray<TaskId> All(TaskId task)
    {
        if (_all.TryGetValue(task, out var known)) return known;
        var found = new SortedSet<int>();
        var open = new Stack<TaskId>(Direct(task));
        while (open.TryPop(out var next))
            if (found.Add(next.Index))
                foreach (var dependency in Direct(next)) open.Push(dependency);
        return _all[task] = [.. found.Select(i => new TaskId(i))];
    }

    /// <summary>Those of <see cref="All"/> that share the task's work directory.</summary>
    public IEnumerable<TaskId> Own(TaskId task) => All(task).Where(t => graph[t].WorkPlace == graph[task].WorkPlace);

    /// <summary>Those of <see cref="All"/> that have another work directory.</summary>
    public IEnumerable<TaskId> Foreign(TaskId task) => All(task).Where(t => graph[t].WorkPlace != graph[task].WorkPlace);

    /// <summary>The cached tasks that the task and <see cref="All"/> before it see because of their own dependencies.</summary>
    public ImmutableArray<TaskId> DirectInputs(TaskId task)
    {
        if (_inputs.TryGetValue(task, out var known)) return known;
        var own = graph[task].DirectInputs;
        // Mostly a later task of a recipe sees what the earlier ones did.
        return _inputs[task] = All(task).All(t => graph[t].DirectInputs == own) ? own : [.. All(task).SelectMany(t => graph[t].DirectInputs).Concat(own).Distinct()];
    }
}
