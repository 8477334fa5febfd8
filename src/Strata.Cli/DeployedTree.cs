using System.Collections.Immutable;

namespace Strata.Cli;

/// <summary>What one task put into the deploy directory.</summary>
/// <param name="Directory">The directory that the task's <c>[deploy]</c> flag names.</param>
/// <param name="Files">Absolute paths.</param>
public sealed record DeployedTree(string Directory, ImmutableArray<string> Files);
