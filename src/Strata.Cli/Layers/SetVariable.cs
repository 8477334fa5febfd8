namespace Strata.Cli.Layers;

/// <summary>A configuration variable that a layer has a say in.</summary>
/// <param name="Place">Its last assignment in the layer.</param>
/// <param name="Effect">What became of that; empty where it simply counts.</param>
public sealed record SetVariable(string Name, string Place, string Operator, string Text, string Effect);
