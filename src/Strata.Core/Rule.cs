namespace Strata.Core;

/// <summary>
/// One thing Strata can say about a user's files. Codes are grouped by stage: STR1 general and command line, STR2 metadata,
/// STR3 graph, STR4 fetch, STR5 sandbox and execution, STR6 packaging and images, STR7 compliance, STR8 cache.
/// </summary>
public sealed record Rule(string Code, Severity Severity, string Title)
{
    public Diagnostic At(SourceSpan place, string message, string? hint = null) => new(this, place, message, hint);
}
