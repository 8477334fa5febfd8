using System.Collections.Immutable;

namespace Strata.Cache;

/// <summary>Which artifacts a collection removes. Pure: same list, same limits, same time, same answer.</summary>
internal static class CollectionPlan
{
    public static ImmutableArray<StoredArtifact> Victims(ImmutableArray<StoredArtifact> all, CollectionLimits limits, DateTimeOffset now)
    {
        var victims = ImmutableArray.CreateBuilder<StoredArtifact>();
        var bytes = all.Sum(a => a.Bytes);
        foreach (var artifact in all.Where(a => !limits.Keep.Contains(a.Digest)).OrderBy(a => a.LastUsed).ThenBy(a => a.Digest))
        {
            var tooOld = now - artifact.LastUsed > limits.MaxAge;
            var tooMuch = bytes > limits.MaxBytes;
            if (!tooOld && !tooMuch) break;              // the rest was used later still

            victims.Add(artifact);
            bytes -= artifact.Bytes;
        }
        return victims.ToImmutable();
    }
}
