using System.Collections.Immutable;

namespace Strata.Cli.Builtins;

/// <summary>What a partition is made from.</summary>
/// <param name="File">Taken as it is; null when the partition is made from <paramref name="Files"/> or from nothing.</param>
/// <param name="Files">Where each file lies on the build machine, by its path on the partition.</param>
/// <param name="Size">Bytes that the partition needs at least.</param>
internal sealed record PartitionInput(string? File, ImmutableSortedDictionary<string, string> Files, long Size)
{
    public static ImmutableSortedDictionary<string, string> NoFiles { get; } = ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);
}
