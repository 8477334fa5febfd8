using System.Collections.Immutable;
using Strata.Core;
using Strata.Graph.Keys;

namespace Strata.Graph;

/// <summary>
/// Keys from what the inputs turned out to be: a rebuilt dependency with the same output leaves them as they were. For one thread.
/// </summary>
public sealed class ShallowKeys(TaskGraph graph)
{
    private const string Schema = "strata/shallow/1";

    private readonly Dictionary<TaskId, TaskKey> _known = [];

    /// <param name="outputOf">The output digest of a cached task. Asked once per input of each task: an output must not change during a build.</param>
    public TaskKey Of(TaskId task, Func<TaskId, Digest> outputOf)
    {
        if (_known.TryGetValue(task, out var known)) return known;
        var node = graph[task];
        var fields = new List<KeyField>();
        var below = WorkTasksBelow(node);
        foreach (var work in below) fields.Add(new($"dep:{graph[work].Name}", Of(work, outputOf).Digest.ToString()));
        foreach (var input in InputsOfItsOwn(node, below)) fields.Add(new($"input:{graph[input].Name}", outputOf(input).ToString()));
        return _known[task] = KeyDigest.Extend(Schema, node.OwnKey, fields);
    }

    /// <summary>Without those that a task before it saw as well: its shallow key has them already.</summary>
    private IEnumerable<TaskId> InputsOfItsOwn(TaskNode node, ImmutableSortedSet<TaskId> below)
    {
        if (below.Any(work => graph[work].Inputs == node.Inputs)) return [];
        return node.Inputs.Except(below.SelectMany(work => graph[work].Inputs));
    }

    /// <summary>The work tasks among the dependencies, through empty tasks.</summary>
    private ImmutableSortedSet<TaskId> WorkTasksBelow(TaskNode node)
    {
        var found = ImmutableSortedSet.CreateBuilder(Comparer<TaskId>.Create((a, b) => a.Index.CompareTo(b.Index)));
        var seen = new HashSet<TaskId>();
        var open = new Stack<TaskId>(node.Dependencies);
        while (open.TryPop(out var next))
        {
            if (!seen.Add(next)) continue;
            if (graph[next].Kind == TaskKind.Work) _ = found.Add(next);
            else if (graph[next].Kind == TaskKind.Empty)
                foreach (var dependency in graph[next].Dependencies) open.Push(dependency);
        }
        return found.ToImmutable();
    }
}
