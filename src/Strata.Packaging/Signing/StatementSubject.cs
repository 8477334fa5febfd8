using System.Collections.Immutable;

namespace Strata.Packaging;

/// <param name="Digest">By algorithm, in hexadecimal.</param>
internal sealed record StatementSubject(string Name, ImmutableSortedDictionary<string, string> Digest);
