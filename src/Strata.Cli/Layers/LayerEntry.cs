using System.Collections.Immutable;

namespace Strata.Cli.Layers;

/// <summary>A line of the list of layers.</summary>
/// <param name="Path">Relative to the workspace where it lies inside.</param>
/// <param name="Series">The release series that it says it works with.</param>
/// <param name="Git">Null when it is in no git work tree.</param>
public sealed record LayerEntry(string Name, string Path, int Priority, string Version, ImmutableArray<string> Series, GitState? Git);
