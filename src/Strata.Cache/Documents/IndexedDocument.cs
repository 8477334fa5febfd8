using System.Collections.Immutable;

namespace Strata.Cache;

/// <summary>A document of a file, and the names under which it is found.</summary>
public sealed record IndexedDocument(ImmutableArray<string> Names, string Text);
