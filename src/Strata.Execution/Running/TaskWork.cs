using System.Collections.Immutable;
using Strata.Core;
using Strata.Graph;

namespace Strata.Execution;

/// <summary>A task that is to run, with everything that was decided about it.</summary>
internal sealed record TaskWork(WorkDirectory Directory, TaskCommand Command, ImmutableArray<InputArtifact> Inputs, TaskKey ShallowKey);
