using System.Collections.Immutable;

namespace Strata.Cache;

/// <summary>Which remotes there are, in the order in which they are asked, and how much patience they get.</summary>
public sealed record RemoteOptions
{
    public required ImmutableArray<RemoteAddress> Addresses { get; init; }

    /// <summary>The caller's environment: credentials, and where credential files are.</summary>
    public required ImmutableSortedDictionary<string, string> Environment { get; init; }

    /// <summary>Signs what is uploaded and says whose signatures count.</summary>
    public RecordSeal Seal { get; init; } = RecordSeal.None;

    /// <summary>How long nothing may arrive before the remote counts as dead for the rest of the build.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Bytes in a second; a transfer that stays behind this by more than the timeout is given up.</summary>
    public long SlowestRate { get; init; } = 128 * 1024;

    /// <summary>How often an upload is tried.</summary>
    public int Attempts { get; init; } = 4;

    /// <summary>Before the second attempt; doubles with each one.</summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromMilliseconds(500);
}
