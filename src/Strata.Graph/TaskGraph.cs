using System.Collections.Immutable;

namespace Strata.Graph;

/// <summary>Everything that the targets need, and nothing else.</summary>
/// <param name="Tasks">Dependencies before their dependants. The same for the same metadata and targets.</param>
/// <param name="Targets">The tasks that were asked for, in the order of the asking.</param>
public sealed record TaskGraph(ImmutableArray<TaskNode> Tasks, ImmutableArray<TaskId> Targets)
{
    public TaskNode this[TaskId task] => Tasks[task.Index];

    /// <summary>The task of a name such as <c>zlib:do_compile</c>, or null.</summary>
    public TaskNode? Find(string name) => Tasks.FirstOrDefault(t => t.Name == name);
}
