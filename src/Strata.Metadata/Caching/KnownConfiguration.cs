using System.Collections.Immutable;
using Strata.Core;

namespace Strata.Metadata.Caching;

/// <summary>What every load asks of the configuration, so that one that asks for nothing else need not evaluate it.</summary>
/// <param name="Multiconfigs">The names in BBMULTICONFIG.</param>
/// <param name="Diagnostics">Found in evaluating it; not those of the files it uses. None is an error.</param>
internal sealed record KnownConfiguration(ImmutableArray<Layer> Layers, ImmutableArray<string> Multiconfigs, ImmutableArray<Diagnostic> Diagnostics);
