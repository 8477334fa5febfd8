using System.Collections.Immutable;

namespace Strata.Corpus;

/// <summary>One recorded answer, or one group of them, that Strata has to give, too.</summary>
/// <param name="Ask">Asks Strata; what differs from the recorded answers.</param>
public sealed record CorpusCase(string Name, Func<ImmutableArray<Difference>> Ask);
