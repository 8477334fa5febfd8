using Strata.Cache;
using Strata.Core;
using Strata.Graph;

namespace Strata.Execution;

/// <summary>An artifact that a task sees.</summary>
/// <param name="Task">Name of the task that made it, such as <c>do_populate_sysroot</c>.</param>
/// <param name="Path">Its directory in the store, read-only.</param>
/// <param name="Mount">Where it is in the sandbox, or null when only built-ins see it.</param>
public sealed record InputArtifact(string Recipe, string Task, Digest Digest, string Path, string? Mount)
{
    /// <summary>How a dependant sees what a task made.</summary>
    internal static InputArtifact Of(TaskNode task, Digest artifact, ArtifactStore store) =>
        new(task.RecipeName, task.TaskName, artifact, store.PathOf(artifact), task.Mount);
}
