using Strata.Core;

namespace Strata.Metadata;

/// <summary>One entry of a variable's history.</summary>
/// <param name="Operator">As written (<c>=</c>, <c>?=</c>, <c>:append</c> …), or a word for what is not an assignment (<c>unset</c>, <c>export</c>, <c>rename</c>, <c>function</c>).</param>
/// <param name="Flag">The flag that was assigned, null for the value itself.</param>
/// <param name="Before">The raw text before, null when there was none or when the entry does not change the raw text.</param>
/// <param name="Text">The text as written.</param>
public sealed record Assignment(SourceSpan Place, string Operator, string? Flag, string? Before, string? After, string Text);
