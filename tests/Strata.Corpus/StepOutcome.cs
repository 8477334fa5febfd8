using System.Collections.Immutable;
using Strata.Core;
using Strata.Graph;
using Strata.Metadata;

namespace Strata.Corpus;

/// <summary>What Strata made of one command line.</summary>
/// <param name="Graph">Null if the targets cannot be built.</param>
/// <param name="Execution">Null if nothing was to be run.</param>
internal sealed record StepOutcome(LoadedMetadata Metadata, ImmutableArray<Diagnostic> Diagnostics, TaskGraph? Graph, Execution? Execution, ImmutableArray<string> Trace);
