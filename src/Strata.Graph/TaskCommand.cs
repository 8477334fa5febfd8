using System.Collections.Immutable;

namespace Strata.Graph;

/// <summary>How to run a task in its sandbox.</summary>
public sealed record TaskCommand
{
    /// <summary>A complete script for <c>/bin/sh</c>; empty for a built-in task.</summary>
    public required string Script { get; init; }

    /// <summary>The complete environment.</summary>
    public required ImmutableSortedDictionary<string, string> Environment { get; init; }

    /// <summary>To be made before the task starts, as paths in the sandbox; the last one is its working directory. If there are none, that is WORKDIR.</summary>
    public ImmutableArray<string> Directories { get; init; } = [];

    /// <summary>To be emptied before the task starts, and before <see cref="Directories"/> are made.</summary>
    public ImmutableArray<string> CleanDirectories { get; init; } = [];

    /// <summary>What it takes from other tasks while it runs, such as <c>memory:2G</c> and <c>lock:x</c>.</summary>
    public ImmutableArray<string> Resources { get; init; } = [];

    /// <summary>As in BitBake: no two tasks that name the same one run at once.</summary>
    public ImmutableArray<string> LockFiles { get; init; } = [];

    /// <summary>Names of what the task may know and nobody else: <c>netrc</c>, <c>ssh-agent</c> or one of STRATA_SECRETS.</summary>
    public ImmutableArray<string> Secrets { get; init; } = [];

    /// <summary>Whether the task is to believe that it is root: it may change owners and make devices.</summary>
    public bool Fakeroot { get; init; }

    /// <summary>Users, each with a group of its name, that a task with <see cref="Fakeroot"/> may name as owners.</summary>
    public ImmutableArray<string> Users { get; init; } = [];

    /// <summary>Further groups that it may name.</summary>
    public ImmutableArray<string> Groups { get; init; } = [];

    /// <summary>Whether the task may use the network.</summary>
    public bool Network { get; init; }
}
