using Strata.Graph;

namespace Strata.Execution;

/// <summary>What comes back to the scheduler's loop from the work that it has given away.</summary>
internal abstract record Message
{
    /// <param name="Result">Null when nothing is recorded under the key.</param>
    public sealed record LookedUp(TaskId Task, TaskResult? Result) : Message;

    public sealed record Locked(WorkPlace Place, PlaceLock Lock) : Message;

    public sealed record Finished(TaskWork Work, TaskResult Result) : Message;

    public sealed record TokenSeen : Message;

    public sealed record MemoryMayBeFree : Message;

    /// <summary>A savepoint is gone, as far as it could be removed.</summary>
    public sealed record Forgotten(WorkPlace Place) : Message;

    /// <summary>Nothing came of it: cancelled, or a bug, which then ends the build.</summary>
    public sealed record Lost(string? Bug) : Message;
}
