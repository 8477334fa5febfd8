using System.Collections.Immutable;
using Strata.Packaging;

namespace Strata.Cli.Builtins;

/// <summary>The bytes of a partition.</summary>
/// <param name="File">On the build machine.</param>
/// <param name="Used">Which of them matter, from the start of the partition.</param>
/// <param name="RootHash">Of a hash tree, hexadecimal.</param>
internal sealed record PartitionContent(string File, ImmutableArray<ByteRange> Used, string? RootHash = null);
