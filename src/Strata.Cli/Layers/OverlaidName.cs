using System.Collections.Immutable;

namespace Strata.Cli.Layers;

/// <summary>Something that several layers have, where one hides the others.</summary>
/// <param name="Kind"><c>recipe</c> or <c>class</c>.</param>
/// <param name="Wins">The file that is used.</param>
/// <param name="Why">Why that one.</param>
public sealed record OverlaidName(string Kind, string Name, string Wins, string Why, ImmutableArray<string> Overlaid);
