using System.Collections.Immutable;

namespace Strata.Core;

/// <summary>What a build may have to do, before it begins.</summary>
/// <param name="Tasks">Names of all tasks of the graph, dependencies first.</param>
/// <param name="Jobs">How many may run at once.</param>
/// <param name="Expected">How long a task took in earlier builds; null where nobody knows. Asked only by who shows it.</param>
public sealed record BuildPlanned(ImmutableArray<string> Tasks, int Jobs, Func<string, TimeSpan?> Expected) : BuildEvent;
