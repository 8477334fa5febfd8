namespace Strata.Compliance;

/// <param name="Rule">Identifier of the rule, or of the vulnerability.</param>
/// <param name="Level"><c>error</c>, <c>warning</c> or <c>note</c>.</param>
/// <param name="Suppressed">Why it does not count; null when it does.</param>
internal sealed record SarifResult(string Rule, string Level, string Text, string Uri, string? Suppressed = null);
