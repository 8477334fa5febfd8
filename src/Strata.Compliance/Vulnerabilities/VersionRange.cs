using System.Collections.Immutable;

namespace Strata.Compliance;

/// <summary>Versions between events, as OSV defines them: sorted, each event switches the vulnerability on or off.</summary>
/// <param name="Scheme">How versions are ordered; <see cref="VersionScheme.Commit"/> for commits, which have no order of their own.</param>
public sealed record VersionRange(VersionScheme Scheme, ImmutableArray<VersionEvent> Events)
{
    public bool Contains(string version)
    {
        var isAffected = false;
        foreach (var e in Events.Order(Comparer<VersionEvent>.Create((a, b) => VersionOrder.Compare(Scheme, a.Version, b.Version))))
        {
            var order = VersionOrder.Compare(Scheme, version, e.Version);
            isAffected = e.Kind switch
            {
                VersionEventKind.Introduced => isAffected || order >= 0,
                VersionEventKind.IntroducedAfter => isAffected || order > 0,
                VersionEventKind.Fixed => isAffected && order < 0,
                VersionEventKind.LastAffected => isAffected && order <= 0,
                _ => isAffected,
            };
        }
        return isAffected;
    }

    /// <summary>The first fixed version after <paramref name="version"/>; null when none is known.</summary>
    public string? FixFor(string version) => Events.Where(e => e.Kind == VersionEventKind.Fixed && VersionOrder.Compare(Scheme, e.Version, version) > 0)
        .Select(e => e.Version).Order(Comparer<string>.Create((a, b) => VersionOrder.Compare(Scheme, a, b))).FirstOrDefault();
}
