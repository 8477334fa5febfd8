using System.Collections.Immutable;

namespace Strata.Fetch;

/// <summary>Where patches apply.</summary>
public sealed record PatchOptions
{
    /// <summary>S on this machine.</summary>
    public required string SourceDirectory { get; init; }

    /// <summary>WORKDIR on this machine: nothing outside of it is patched.</summary>
    public required string WorkDirectory { get; init; }

    /// <summary>WORKDIR as recipes know it, inside the sandbox: absolute <c>patchdir</c> parameters lie below it.</summary>
    public required string SandboxWorkDirectory { get; init; }

    /// <summary>The caller's environment, for host tools.</summary>
    public required ImmutableSortedDictionary<string, string> Environment { get; init; }
}
