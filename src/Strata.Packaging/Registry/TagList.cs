using System.Collections.Immutable;

namespace Strata.Packaging;

/// <summary>A registry's answer to <c>tags/list</c>.</summary>
internal sealed record TagList(ImmutableArray<string> Tags);
