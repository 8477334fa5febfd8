using Strata.Core;

namespace Strata.Metadata;

/// <summary>One entry of a variable's history.</summary>
/// <param name="Operator">As written (<c>=</c>, <c>?=</c>, <c>:append</c> …), or a word for what is not an assignment (<c>unset</c>, <c>export</c>, <c>rename</c>, <c>function</c>).</param>
/// <param name="Flag">The flag that was assigned, null for the value itself.</param>
/// <param name="Before">The raw text before, null when there was none or when the entry does not change the raw text.</param>
/// <param name="Text">The text as written.</param>
public sealed record Assignment(SourceSpan Place, string Operator, string? Flag, string? Before, string? After, string Text)
{
    /// <summary>The overrides of the variant that it is about, such as <c>arm:debug</c>; empty for the variable itself.</summary>
    public string Variant { get; init; } = "";

    /// <summary>The overrides that an <c>:append</c>, <c>:prepend</c> or <c>:remove</c> waits for; empty for none.</summary>
    public string Condition { get; init; } = "";

    /// <summary>An <c>:append</c>, <c>:prepend</c> or <c>:remove</c>, which waits until the variable is read.</summary>
    public bool IsEdit { get; init; }
}
