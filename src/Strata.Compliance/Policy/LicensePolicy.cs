using System.Collections.Immutable;

namespace Strata.Compliance;

/// <summary>
/// Which licences may ship. Of the entries that are about a licence the most precise one decides: package before licence, exception (WITH) before none,
/// name before wildcard before category; of equally precise ones the strictest.
/// </summary>
public sealed class LicensePolicy
{
    internal ImmutableArray<LicenseRule> Rules { get; init; } = [];

    public ImmutableArray<LicenseException> Exceptions { get; init; } = [];

    public LicenseCategories Categories { get; init; } = LicenseCategories.Default;

    /// <summary>For terms that do not go together in one program.</summary>
    public PolicyDecision Conflicts { get; init; }

    /// <summary>For what no entry is about.</summary>
    public PolicyDecision Default { get; init; }

    /// <summary>Nothing can be refused because of one licence alone.</summary>
    public bool IsEmpty => Rules.IsEmpty && Default == PolicyDecision.Allow;

    /// <param name="license">LICENSE of the package.</param>
    /// <param name="today">Exceptions that ended before count no more; null lets all of them count, as what is cached must.</param>
    /// <param name="isLinked">The licence is that of code inside of the package's files. An exception that allows linking then leaves free what no entry names together with it.</param>
    public LicenseVerdict Judge(string package, string license, DateOnly? today = null, bool isLinked = false)
    {
        // The recipe's own task reports what is wrong with the text; here it is a licence that nobody knows.
        var expression = LicenseExpression.Parse(license, default, new())?.Normalize() ?? new LicenseExpression.License(license);
        var (decision, chosen, findings) = Judge(new(package, isLinked, today), expression);
        return new(decision, chosen.Normalize().ToString()!, [.. findings.Distinct()]);
    }

    private Judgement Judge(Question about, LicenseExpression expression)
    {
        if (expression is LicenseExpression.License license) return JudgeLicense(about, license);
        if (Strictest(Rules.Where(r => r.IsAbout(about.Package, about.IsLinked) && r.Pattern.MatchesWhole(expression))) is { } rule)
            return new(rule.Decision, expression, [new(expression.ToString()!, rule.Decision, rule.Source)]);
        return expression switch
        {
            LicenseExpression.And and => All([.. and.Parts.Select(p => Judge(about, p))]),
            LicenseExpression.Or or => or.Parts.Select(p => Judge(about, p)).MinBy(j => j.Rank)!,
            _ => throw new InvalidOperationException($"{expression} is no licence expression"),
        };
    }

    private static Judgement All(ImmutableArray<Judgement> parts) =>
        new(parts.Max(p => p.Decision), new LicenseExpression.And([.. parts.Select(p => p.Chosen)]), [.. parts.SelectMany(p => p.Findings)]);

    private Judgement JudgeLicense(Question about, LicenseExpression.License license)
    {
        var isFree = about.IsLinked && LinkExceptions.Has(license);
        var rule = Strictest(Rules.Where(r => r.IsAbout(about.Package, about.IsLinked) && (!isFree || r.Pattern.NamesException) && r.Pattern.Matches(license, Categories)));
        var finding = new PolicyFinding(license.ToString(), rule?.Decision ?? (isFree ? PolicyDecision.Allow : Default), rule?.Source ?? (isFree ? "its exception" : "LICENSE_DEFAULT")) { IsRuled = rule is not null };
        finding = Excepted(about.Package, license, finding, about.Today);
        return new(finding.Decision, license, [finding]);
    }

    /// <summary>The finding, as exceptions of the policy for the package and one of the licences change it.</summary>
    internal PolicyFinding Excepted(string package, LicenseExpression expression, PolicyFinding finding, DateOnly? today = null)
    {
        if (finding.Decision == PolicyDecision.Allow) return finding;
        var exceptions = Exceptions.Where(e => expression.Licenses.Any(l => e.Covers(package, l, Categories))).ToList();
        var valid = exceptions.FirstOrDefault(e => today is not { } day || !e.HasExpired(day));
        return finding with { Decision = valid is null ? finding.Decision : PolicyDecision.Allow, Exception = valid ?? exceptions.FirstOrDefault() };
    }

    private static LicenseRule? Strictest(IEnumerable<LicenseRule> rules) => rules.OrderByDescending(r => r.Precision).ThenByDescending(r => r.Decision).FirstOrDefault();

    private sealed record Question(string Package, bool IsLinked, DateOnly? Today);

    private sealed record Judgement(PolicyDecision Decision, LicenseExpression Chosen, ImmutableArray<PolicyFinding> Findings)
    {
        /// <summary>Of an OR, the side that was allowed by name comes before one that nothing speaks against, and that before one that needs an exception.</summary>
        public int Rank => ((int)Decision * 3) + (Findings.Any(f => f.Exception is not null) ? 2 : Findings.Any(f => !f.IsRuled) ? 1 : 0);
    }
}
