using System.Collections.Immutable;

namespace Strata.Core;

/// <summary>Digest of everything a task depends on, with the named fields it was made from.</summary>
public sealed record TaskKey(Digest Digest, ImmutableSortedDictionary<string, string> Fields)
{
    public bool Equals(TaskKey? other) => other is not null && Digest == other.Digest;

    public override int GetHashCode() => Digest.GetHashCode();

    public override string ToString() => Digest.ToString();
}
