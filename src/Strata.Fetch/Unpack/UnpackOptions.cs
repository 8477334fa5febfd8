using System.Collections.Immutable;

namespace Strata.Fetch;

/// <summary>How sources become a work directory.</summary>
public sealed record UnpackOptions
{
    /// <summary>Where sources land: UNPACKDIR. Trusted, as are the directories above it.</summary>
    public required string Directory { get; init; }

    /// <summary>The same directory as recipes know it, inside the sandbox: absolute <c>subdir</c> parameters lie below it.</summary>
    public required string SandboxDirectory { get; init; }

    /// <summary>The caller's environment, for host tools.</summary>
    public required ImmutableSortedDictionary<string, string> Environment { get; init; }

    /// <summary>Time of files whose source says none.</summary>
    public DateTimeOffset Epoch { get; init; } = DateTimeOffset.UnixEpoch;

    /// <summary>Where a git source lands that names no <c>destsuffix</c>: BB_GIT_DEFAULT_DESTSUFFIX.</summary>
    public string GitDestination { get; init; } = "git";

    public UnpackLimits Limits { get; init; } = new();
}
