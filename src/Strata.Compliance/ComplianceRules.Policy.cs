using Strata.Core;

namespace Strata.Compliance;

/// <summary>What a licence policy can say: codes STR7030 to STR7039.</summary>
public static partial class ComplianceRules
{
    private static readonly Rule s_denied = new("STR7030", Severity.Error, "Licence that must not ship");
    private static readonly Rule s_review = new("STR7031", Severity.Warning, "Licence that somebody must review");
    private static readonly Rule s_unknownInPolicy = new("STR7032", Severity.Warning, "Policy names an unknown licence");
    private static readonly Rule s_badPolicy = new("STR7033", Severity.Error, "Licence policy not understood");
    private static readonly Rule s_expired = new("STR7034", Severity.Error, "Licence exception expired");
    private static readonly Rule s_flagNotAccepted = new("STR7035", Severity.Error, "Licence flag not accepted");
    private static readonly Rule s_badTemplate = new("STR7036", Severity.Error, "Template of a licence report not understood");
    private static readonly Rule s_unknownReport = new("STR7037", Severity.Error, "Unknown licence report");

    private static readonly Rule s_conflictDenied = new("STR7038", Severity.Error, "Linked licences that must not be combined");
    private static readonly Rule s_conflict = new("STR7039", Severity.Warning, "Linked licences that do not go together");

    /// <summary>What the policy has against a package, one diagnostic for each licence.</summary>
    /// <param name="place">Where LICENSE stands, or the image.</param>
    public static IEnumerable<Diagnostic> Against(SourceSpan place, string image, PackageVerdict package, DateOnly? today = null)
    {
        if (package.Verdict.Decision == PolicyDecision.Allow) yield break;
        var way = string.Join(" → ", package.Path.Prepend(image));
        var what = $"'{package.Package}' of recipe '{package.Recipe}' (LICENSE = \"{package.License}\")";
        foreach (var finding in package.Verdict.Decisive)
            yield return (finding.Exception, package.Verdict.Decision) switch
            {
                ({ } exception, _) when today is { } day && exception.HasExpired(day) =>
                    s_expired.At(place, $"{what} is under {finding.License}, and the exception for it ended: {exception}; it is in the image by {way}",
                        $"renew LICENSE_EXCEPTION_{exception.Name} with its owner, or do without the package"),
                (_, PolicyDecision.Deny) =>
                    s_denied.At(place, $"{what} is under {finding.License}, which {finding.Reason} keeps out of '{image}'; it is in the image by {way}", Remedy(package, finding)),
                _ =>
                    s_review.At(place, $"{what} is under {finding.License}, which {finding.Reason} wants reviewed; it is in the image by {way}",
                        $"after the review write LICENSE_ALLOW += \"{package.Package}:{finding.License}\""),
            };
    }

    /// <summary>What the policy has against what is linked with the files of a package.</summary>
    /// <param name="place">The image.</param>
    internal static Diagnostic AgainstLinked(SourceSpan place, string image, LinkVerdict link)
    {
        var isDenied = link.Finding.Decision == PolicyDecision.Deny;
        var way = string.Join(" → ", link.Path.Prepend(image));
        var how = link.IsStatic ? "inside of" : "loaded by";
        var file = link.File ?? $"package '{link.Package}'";
        if (link.Conflict is not null)
            return (isDenied ? s_conflictDenied : s_conflict).At(place, $"'{link.Linked}' is {how} {file}, and their licences do not go together: {link.Conflict}; the way there is {way}", LinkRemedy(link));
        return (isDenied ? s_denied : s_review).At(place, $"'{link.Linked}', {how} {file}, is under {link.License}, which {link.Finding.Reason} {(isDenied ? $"keeps out of '{image}'" : "wants reviewed")}; the way there is {way}", LinkRemedy(link));
    }

    private static string LinkRemedy(LinkVerdict link) =>
        (link.IsStatic && link.Path is [.., _] && link.Path[^1].StartsWith("recipe ", StringComparison.Ordinal) ? $"link '{link.Linked}' dynamically, or configure '{link.Package}' so that it does not need it" : $"configure '{link.Package}' so that it does not need '{link.Linked}'")
        + $"; or decide an exception: {ExceptionFor(link.Package, link.License)}";

    public static Diagnostic FlagNotAccepted(SourceSpan place, string recipe, string flag, string details) =>
        s_flagNotAccepted.At(place, $"recipe '{recipe}' has the licence flag '{flag}', which LICENSE_FLAGS_ACCEPTED does not accept{(details.Length > 0 ? $": {details}" : "")}",
            $"if you may use it, write LICENSE_FLAGS_ACCEPTED += \"{flag}_{recipe}\"");

    internal static Diagnostic UnknownInPolicy(SourceSpan place, string variable, string name) =>
        s_unknownInPolicy.At(place, $"{variable} names '{name}', which is not on the SPDX licence list",
            Suggest.Nearest(name, SpdxList.Licenses) is { } near ? $"did you mean '{near}'?" : $"write 'LicenseRef-{name}' for a licence of its own");

    internal static Diagnostic BadPolicy(SourceSpan place, string variable, string problem, string hint) => s_badPolicy.At(place, $"{variable}: {problem}", hint);

    internal static Diagnostic BadTemplate(SourceSpan place, string problem) =>
        s_badTemplate.At(place, $"the template cannot be used: {problem}", "compare it with the one that comes with Strata, see conf/license-policy.inc");

    internal static Diagnostic UnknownReport(SourceSpan place, string name, IEnumerable<string> known) =>
        s_unknownReport.At(place, $"LICENSE_REPORTS names '{name}', which Strata does not write", $"name some of: {string.Join(", ", known)}");

    private static string Remedy(PackageVerdict package, PolicyFinding finding) =>
        (package.Path is [_] ? $"take '{package.Package}' out of IMAGE_INSTALL" : $"do without '{package.Path[0]}', or configure it so that it does not need '{package.Path[1]}'")
        + $"; or decide an exception: {ExceptionFor(package.Package, finding.License)}";

    private static string ExceptionFor(string package, string license) =>
        $"LICENSE_EXCEPTIONS += \"NAME\" with LICENSE_EXCEPTION_NAME = \"package={package}; license={license}; reason=…; owner=…; expires=YYYY-MM-DD\"";
}
