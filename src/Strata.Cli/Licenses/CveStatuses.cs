using System.Collections.Immutable;
using Strata.Compliance;
using Strata.Graph;
using Strata.Metadata;

namespace Strata.Cli.Licenses;

/// <summary>
/// Tells images what the recipes below them say of vulnerabilities: CVE_STATUSES becomes their CVE_STATUS, so that a new one rewrites the VEX of an
/// image and builds nothing else.
/// </summary>
internal static class CveStatuses
{
    public const string Variable = "CVE_STATUSES";

    public static void FillIn(UnkeyedBuild build)
    {
        foreach (var (image, below) in build.UsersOf("sbom")) image.Variables.Set(Variable, string.Concat(below.OrderBy(r => r.Name, StringComparer.Ordinal).SelectMany(Lines)));
    }

    private static IEnumerable<string> Lines(Recipe recipe)
    {
        var variables = recipe.Variables;
        var ownStatuses = variables.FlagNames("CVE_STATUS").Order(StringComparer.Ordinal).Select(cve => (Cve: cve, Status: variables.GetFlag("CVE_STATUS", cve)));
        var statusesOfGroups =
            from groupName in Words.Of(variables.Get("CVE_STATUS_GROUPS"))
            from cve in Words.Of(variables.Get(groupName))
            select (Cve: cve, Status: variables.GetFlag(groupName, "status"));
        return from entry in ownStatuses.Concat(statusesOfGroups)
               where entry.Cve.StartsWith("CVE-", StringComparison.Ordinal) && entry.Status is not null
               select $"{recipe.Name}\t{entry.Cve}\t{string.Join(' ', Words.Of(entry.Status))}\n";
    }

    /// <summary>The value of the variable as statuses.</summary>
    public static ImmutableArray<CveStatus> Parse(string text) =>
        [.. text.Split('\n').Select(line => line.Split('\t')).Where(parts => parts.Length == 3).Select(parts => CveStatus.Parse(parts[0], parts[1], parts[2])).Distinct()];
}
