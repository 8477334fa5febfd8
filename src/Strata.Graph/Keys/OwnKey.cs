using System.Collections.Immutable;
using Strata.Core;
using Strata.Metadata;

namespace Strata.Graph.Keys;

/// <summary>The own part of a task's key, and what the task may read because of it.</summary>
/// <param name="IsReadable">True for names in the key, and for named ones that the configuration keeps out of keys.</param>
internal sealed record OwnKey(TaskKey Key, Func<string, bool> IsReadable, ImmutableArray<string> LocalFiles, Datastore Variables)
{
    /// <exception cref="InvalidOperationException">The name is not part of the task's key, so a change of it would go unnoticed.</exception>
    public string? Read(string task, string name)
    {
        if (!IsReadable(name))
            throw new InvalidOperationException($"{task} reads {name}, which is not part of its key; add it to the task's [vardeps]");
        return name.EndsWith(']') && name.IndexOf('[', StringComparison.Ordinal) is > 0 and var bracket
            ? Variables.GetFlag(name[..bracket], name[(bracket + 1)..^1])
            : Variables.Get(name);
    }
}
