using System.Collections.Immutable;

namespace Strata.Cli.Serving;

/// <summary>The body of <c>tags/list</c>.</summary>
internal sealed record TagsAnswer(string Name, ImmutableArray<string> Tags);
