using System.Collections.Immutable;

namespace Strata.Fetch;

/// <summary>How the Debian source archive is asked.</summary>
public sealed record DebianArchiveOptions
{
    /// <summary>Private state: nothing is written anywhere else. May be shared by builds.</summary>
    public required string Directory { get; init; }

    /// <summary>The caller's environment, for apt.</summary>
    public required ImmutableSortedDictionary<string, string> Environment { get; init; }

    /// <summary>The host's <c>sources.list</c>; null asks apt where it is.</summary>
    public string? SourceList { get; init; }

    /// <summary>The host's <c>sources.list.d</c>; null asks apt where it is.</summary>
    public string? SourceParts { get; init; }

    /// <summary>Lists older than this are refreshed before they are believed.</summary>
    public TimeSpan MaximumAge { get; init; } = TimeSpan.FromDays(1);

    /// <summary>Lists younger than this are not refreshed, not even for a digest that they do not have.</summary>
    public TimeSpan MinimumAge { get; init; } = TimeSpan.FromMinutes(10);
}
