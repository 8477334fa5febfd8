using Strata.Metadata.Syntax;

namespace Strata.Metadata;

/// <summary>The last thing that was done to a variable, and what was done before it. Shared between stores.</summary>
/// <param name="Statement">What did it.</param>
/// <param name="Result">The text that it led to where that cannot be worked out again (<c>:=</c>), else null.</param>
/// <param name="Order">Counts up through the store, to merge the histories of a variable and its variants.</param>
internal sealed record HistoryEntry(HistoryEntry? Earlier, Statement Statement, string? Result, int Order);
