using System.Collections.Immutable;

namespace Strata.Fetch;

/// <summary>Where and how a build looks for sources.</summary>
public sealed record FetchOptions
{
    /// <summary>Holds the git mirrors and locks; blobs lie where the given blob store keeps them.</summary>
    public required string DownloadDirectory { get; init; }

    /// <summary>The caller's environment, for host tools: proxies, credential helpers, agents.</summary>
    public required ImmutableSortedDictionary<string, string> Environment { get; init; }

    public MirrorList Premirrors { get; init; } = MirrorList.Empty;

    public MirrorList Mirrors { get; init; } = MirrorList.Empty;

    /// <summary>BB_NO_NETWORK: only places on this machine are asked.</summary>
    public bool NoNetwork { get; init; }

    /// <summary>BB_FETCH_PREMIRRORONLY: nothing after PREMIRRORS is asked.</summary>
    public bool PremirrorsOnly { get; init; }

    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a connected server may stay silent.</summary>
    public TimeSpan IdleTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Tries for one place, when the error may pass by itself.</summary>
    public int Attempts { get; init; } = 3;

    /// <summary>Before the second attempt; doubled before each further one.</summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>A server that sends more than this is cut off.</summary>
    public long MaximumSize { get; init; } = 16L << 30;
}
