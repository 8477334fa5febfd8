namespace Strata.Metadata.Expressions;

/// <summary>
/// One word looked for in a variable by <c>bb.utils.contains</c>, <c>contains_any</c> or <c>filter</c>. For <c>contains</c> with several
/// words <paramref name="Words"/> is the words together, in sorted order, joined by a blank: they are set only if all are there.
/// </summary>
public sealed record WordTest(string Variable, string Words);
