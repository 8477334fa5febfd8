using Strata.Core;

namespace Strata.Packaging;

/// <summary>Where the findings of the checks go: each at the severity that the policy gives it for its package, or nowhere.</summary>
internal sealed class QaReport(QaPolicy policy, SourceSpan place, Diagnostics diagnostics)
{
    public SourceSpan Place { get; } = place;

    public void Add(QaRule rule, PackageSpec? package, string message, string? hint)
    {
        if (policy.SeverityOf(rule.Check, rule.Rule.Severity, package?.SkippedChecks ?? []) is not { } severity) return;
        diagnostics.Add((rule.Rule with { Severity = severity }).At(Place, $"{message} [{rule.Check}]", hint));
    }
}
