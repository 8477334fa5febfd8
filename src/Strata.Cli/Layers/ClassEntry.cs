namespace Strata.Cli.Layers;

/// <param name="Scope"><c>classes</c>, <c>classes-recipe</c> or <c>classes-global</c>.</param>
/// <param name="IsOverlaid">A directory that comes earlier in BBPATH has one of the same name.</param>
public sealed record ClassEntry(string Name, string Layer, string Scope, string File, bool IsOverlaid) : ILayerPart;
