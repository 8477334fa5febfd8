namespace Strata.Cli.Answers;

/// <summary>One thing that was done to a variable.</summary>
/// <param name="Place"><c>file:line</c>; empty for what Strata set itself.</param>
/// <param name="Layer">Name of the layer that the file belongs to, or empty.</param>
/// <param name="Before">Raw text before; null when there was none, or when the entry leaves it as it was.</param>
/// <param name="Effect">What became of it, where that is not obvious: <c>wins</c>, <c>replaced by 3</c>; else empty.</param>
public sealed record AssignmentAnswer(int Number, string Place, string Layer, string Operator, string? Flag, string Text, string? Before, string? After, string Effect);
