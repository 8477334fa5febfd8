using System.Collections.Immutable;
using Strata.Core;

namespace Strata.Cache;

/// <param name="Removed">Artifacts that are gone, ordinal.</param>
/// <param name="BytesFreed">Sum of the sizes of their files.</param>
/// <param name="BytesLeft">The same of what stays.</param>
/// <param name="Skipped">Why nothing was collected, when another process uses the store.</param>
public sealed record CollectionOutcome(ImmutableArray<Digest> Removed, long BytesFreed, long BytesLeft, Diagnostic? Skipped);
