using Strata.Sandbox;

namespace Strata.Execution;

/// <summary>How to build, as opposed to what; nothing of this is part of a key.</summary>
public sealed record BuildOptions
{
    /// <summary>Everything that may be deleted: work directories, deployed files, sandbox scratch.</summary>
    public required string TempDirectory { get; init; }

    /// <summary>Tasks at once, and jobs of all compilers together.</summary>
    public required int Jobs { get; init; }

    /// <summary>Tasks with <c>[network]</c> at once. They wait rather than compute, so they do not count as jobs.</summary>
    public int NetworkJobs { get; init; } = 4;

    /// <summary>Bytes that the tasks which say what they need may need together; null for what the machine has.</summary>
    public long? MaxMemory { get; init; }

    /// <summary>Bytes of a log after which its task is ended.</summary>
    public long MaxLog { get; init; } = 256 << 20;

    /// <summary>When it is cancelled, what runs may end and nothing else starts.</summary>
    public CancellationToken Stop { get; init; }

    /// <summary>After a failure, go on with what does not depend on it.</summary>
    public bool KeepGoing { get; init; }

    /// <summary>Decide, but run and restore nothing.</summary>
    public bool DryRun { get; init; }

    /// <summary>Lets tasks that have no artifact mounted at <c>/</c> see the host's own tools. What they make depends on the host.</summary>
    public bool HostTools { get; init; }

    /// <summary>What to make again although the store has it; null in an ordinary build.</summary>
    public Rebuild? Rebuild { get; init; }

    /// <summary>Where the secrets of tasks are on this host.</summary>
    public SecretSource Secrets { get; init; } = SecretSource.None;

    /// <summary>Runs tasks without isolation, with their inputs linked below this directory; null for sandboxes.</summary>
    public string? UnsandboxedRoot { get; init; }

    internal string SandboxDirectory => Path.Combine(TempDirectory, "sandbox");

    internal ISandbox OpenSandbox() => UnsandboxedRoot is null ? new SandboxRunner(SandboxDirectory) : new UnsandboxedRunner(UnsandboxedRoot);
}
