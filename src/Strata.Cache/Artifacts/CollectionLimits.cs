using System.Collections.Immutable;
using Strata.Core;

namespace Strata.Cache;

/// <summary>What garbage collection may leave in the store. Without limits only leftovers of killed processes go.</summary>
public sealed record CollectionLimits
{
    /// <summary>The least recently used artifacts go until the rest is no larger.</summary>
    public long? MaxBytes { get; init; }

    /// <summary>Artifacts that were not used for longer than this go.</summary>
    public TimeSpan? MaxAge { get; init; }

    /// <summary>Artifacts that stay whatever the limits say.</summary>
    public ImmutableHashSet<Digest> Keep { get; init; } = [];
}
