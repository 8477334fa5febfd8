using System.Collections.Immutable;
using Strata.Core;

namespace Strata.Packaging;

/// <summary>Those findings about a finished root file system whose severity ERROR_QA, WARN_QA and INSANE_SKIP of the image decide.</summary>
public static class ImageQa
{
    /// <summary>Names of checks by code.</summary>
    public static ImmutableSortedDictionary<string, string> Checks { get; } = new Dictionary<string, string>
    {
        ["STR6032"] = "file-clash",
        ["STR6034"] = "image-basics",
        ["STR6036"] = "program-loader",
        ["STR6038"] = "directory-mode",
        ["STR6039"] = "alternatives-tie",
        ["STR6041"] = "tmp-mode",
        ["STR6047"] = "shared-host-key",
        ["STR6052"] = "usrmerge",
        ["STR6053"] = "script-interpreter",
    }.ToImmutableSortedDictionary(StringComparer.Ordinal);

    /// <summary>The findings as the policy wants them; all that is no check stays as it is.</summary>
    internal static Diagnostics Judge(Diagnostics found, QaPolicy policy)
    {
        var judged = new Diagnostics();
        foreach (var finding in found.Sorted())
            if (!Checks.TryGetValue(finding.Rule.Code, out var check)) judged.Add(finding);
            else if (policy.SeverityOf(check, finding.Rule.Severity, []) is { } severity)
                judged.Add(finding with { Rule = finding.Rule with { Severity = severity }, Message = $"{finding.Message} [{check}]" });
        return judged;
    }
}
