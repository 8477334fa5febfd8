using System.Collections.Immutable;

namespace Strata.Sandbox;

/// <summary>Everything a process in a sandbox can see; what is not named here is not there.</summary>
public sealed record SandboxSpec
{
    /// <summary>Read-only directories. The one with the target <c>/</c> becomes the root, over Strata's skeleton.</summary>
    public ImmutableArray<Overlay> Overlays { get; init; } = [];

    /// <summary>Host directories, and files whose target exists in the skeleton or in an overlay.</summary>
    public ImmutableArray<Mount> Mounts { get; init; } = [];

    /// <summary>The complete environment; bubblewrap adds <c>PWD</c>, as any shell would.</summary>
    public ImmutableSortedDictionary<string, string> Environment { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    public required string WorkingDirectory { get; init; }

    public Network Network { get; init; }

    /// <summary>Program and arguments, as seen inside.</summary>
    public required ImmutableArray<string> Command { get; init; }

    /// <summary>Told, on another thread, the number on this host of the process below which all others are.</summary>
    public Action<int>? Started { get; init; }

    /// <summary>The command is for a person: it gets input, output, errors and terminal of this process, and nothing goes to the log.</summary>
    public bool OnTerminal { get; init; }

    /// <summary>
    /// Shows the host's own <c>/usr</c>, without <c>/usr/local</c>, instead of a toolchain artifact. For probes and tests: what
    /// such a task makes depends on the host.
    /// </summary>
    public bool HostRoot { get; init; }
}
