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

    /// <summary>BB_ALLOWED_NETWORKS: the only hosts that are asked, <c>*.example.org</c> for all below one; null allows every host.</summary>
    public ImmutableArray<string>? AllowedNetworks { get; init; }

    /// <summary>BB_GENERATE_MIRROR_TARBALLS: whole repositories are put into the download directory as archives, for mirrors that serve files only.</summary>
    public bool MirrorTarballs { get; init; }

    /// <summary>BB_GIT_SHALLOW: archives are made, and looked for first, that hold the pinned commit alone.</summary>
    public bool Shallow { get; init; }

    /// <summary>BB_GENERATE_SHALLOW_TARBALLS: whether they are made.</summary>
    public bool ShallowTarballs { get; init; }

    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a connected server may stay silent.</summary>
    public TimeSpan IdleTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a git server may give nothing: it may have to count and compress before it sends.</summary>
    public TimeSpan GitIdleTimeout { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>In each stretch of this length a server must send <see cref="SlowestBytes"/> at least.</summary>
    public TimeSpan SlowWindow { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Fewer bytes than this in a <see cref="SlowWindow"/> are too slow: by default a kilobyte a second.</summary>
    public long SlowestBytes { get; init; } = 60 * 1024;

    /// <summary>Tries for one place, when the error may pass by itself.</summary>
    public int Attempts { get; init; } = 3;

    /// <summary>Before the second attempt; doubled before each further one.</summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>A server that asks for more patience than this (Retry-After) is not waited for.</summary>
    public TimeSpan LongestWait { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>A server that sends more than this is cut off.</summary>
    public long MaximumSize { get; init; } = 16L << 30;

    internal Patience Patience => new(IdleTimeout, SlowWindow, SlowestBytes);

    /// <summary>Why the place must not be asked; null if it may.</summary>
    internal string? Forbids(SourceUri place)
    {
        if (place.Address.StartsWith("file://", StringComparison.Ordinal)) return null;
        if (NoNetwork) return "not asked, the network is off";
        return Allows(place.Host) ? null : $"not asked, {place.Host} is not in BB_ALLOWED_NETWORKS";
    }

    /// <summary>As BitBake: a name is itself, <c>*.name</c> is the name and all below it; ports do not count.</summary>
    internal bool Allows(string host)
    {
        if (AllowedNetworks is not { } allowed) return true;
        var name = host.Split(':')[0].ToLowerInvariant();
        return allowed.Select(a => a.ToLowerInvariant())
            .Any(a => a == name || (a.StartsWith("*.", StringComparison.Ordinal) && $".{name}".EndsWith(a[1..], StringComparison.Ordinal)));
    }
}
