using System.Collections.Immutable;

namespace Strata.Cli.Serving;

/// <summary>The body of a refusal.</summary>
internal sealed record ErrorAnswer(ImmutableArray<ErrorEntry> Errors);
