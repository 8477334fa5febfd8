using System.Collections.Immutable;

namespace Strata.Fetch;

/// <param name="Place">Where the bytes came from, or null when the archive could not help.</param>
public sealed record ArchiveAnswer(string? Place, ImmutableArray<Refusal> Refusals);
