namespace Strata.Metadata.Expressions;

/// <summary>
/// Words looked for in a variable. For <c>bb.utils.contains</c> <paramref name="Words"/> is its text as written, which is set only if all
/// its words are there; <c>contains_any</c> and <c>filter</c> make one test of each word.
/// </summary>
public sealed record WordTest(string Variable, string Words);
