using Strata.Core;
using Strata.Graph;

namespace Strata.Execution;

/// <summary>What the scheduler's loop knows about a task.</summary>
internal sealed class TaskState
{
    public Stage Stage { get; set; }

    /// <summary>How many tasks it still waits for.</summary>
    public int Remaining { get; set; }

    public List<TaskId> Waiters { get; } = [];

    /// <summary>Where it works; found when it first does.</summary>
    public WorkPlace? Place { get; set; }

    /// <summary>Output of a cached task; null until it is known, and in a dry run for one that would run.</summary>
    public Digest? Output { get; set; }
}
