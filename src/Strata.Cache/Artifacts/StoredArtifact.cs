using System.Collections.Immutable;
using Strata.Core;

namespace Strata.Cache;

/// <param name="Names">What was recorded under it, such as <c>zlib:do_populate_sysroot</c>; ordinal, without duplicates.</param>
/// <param name="Entries">Files, links and directories in it, without the top directory.</param>
/// <param name="Bytes">Sum of the sizes of its files.</param>
/// <param name="LastUsed">When a key last led to it; for display and collection only.</param>
public sealed record StoredArtifact(Digest Digest, ImmutableArray<string> Names, int Entries, long Bytes, DateTimeOffset LastUsed);
