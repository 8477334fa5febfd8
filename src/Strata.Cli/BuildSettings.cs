using Strata.Execution;

namespace Strata.Cli;

/// <summary>What a user can choose for one build; nothing of it changes what is built.</summary>
public sealed record BuildSettings(int Jobs, bool KeepGoing, bool DryRun)
{
    /// <summary>Bytes for the tasks that say what they need; null for what the machine has.</summary>
    public long? MaxMemory { get; init; }

    /// <summary>Absolute path of a file that tells when each task ran, or null.</summary>
    public string? TraceFile { get; init; }

    /// <summary>When it is cancelled, what runs may end and nothing else starts.</summary>
    public CancellationToken Stop { get; init; }

    /// <summary>What to make again although the store has it; null in an ordinary build.</summary>
    public Rebuild? Rebuild { get; init; }

    /// <summary>Absolute path of the directory for everything that may be deleted; null for that of the workspace.</summary>
    public string? TempDirectory { get; init; }
}
