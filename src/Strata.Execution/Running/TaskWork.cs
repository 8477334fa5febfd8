using System.Collections.Concurrent;
using System.Collections.Immutable;
using Strata.Core;
using Strata.Graph;

namespace Strata.Execution;

/// <summary>A task that is to run, with everything that was decided about it.</summary>
internal sealed record TaskWork(WorkDirectory Directory, TaskCommand Command, ImmutableArray<InputArtifact> Inputs, TaskKey ShallowKey, TaskNeeds Needs)
{
    private readonly Lock _gate = new();

    /// <summary>What its sandboxes took so far.</summary>
    public ResourceUsage Usage { get; private set; }

    /// <summary>First processes of its sandboxes that run now, by their numbers on this host.</summary>
    public ConcurrentDictionary<int, bool> Processes { get; } = [];

    /// <summary>What it enters before it changes anything; null when it has none.</summary>
    public Savepoint? Savepoint { get; set; }

    /// <summary>Looked up when it starts.</summary>
    public TaskSecrets Secrets { get; set; } = TaskSecrets.None;

    public void Used(ResourceUsage more)
    {
        lock (_gate) Usage = Usage.Plus(more);
    }
}
