using System.Collections.Immutable;
using System.Text;
using Strata.Compliance;
using Strata.Metadata;

namespace Strata.Cli.Licenses;

/// <summary>
/// Tells images what recipes say of vulnerabilities: CVE_STATUSES becomes the CVE_STATUS of all recipes, so that a new one rewrites the VEX of an
/// image and builds nothing else.
/// </summary>
internal static class CveStatuses
{
    public const string Variable = "CVE_STATUSES";

    public static void FillIn(LoadedMetadata metadata)
    {
        var text = new StringBuilder();
        foreach (var recipe in metadata.Recipes.Where(r => r.SkipReason is null).OrderBy(r => r.Name, StringComparer.Ordinal))
        {
            foreach (var cve in recipe.Variables.FlagNames("CVE_STATUS").Order(StringComparer.Ordinal)) Add(recipe.Name, cve, recipe.Variables.GetFlag("CVE_STATUS", cve));
            foreach (var group in Words.Of(recipe.Variables.Get("CVE_STATUS_GROUPS")))
                foreach (var cve in Words.Of(recipe.Variables.Get(group))) Add(recipe.Name, cve, recipe.Variables.GetFlag(group, "status"));
        }
        if (text.Length == 0) return;
        foreach (var image in metadata.Recipes.Where(r => r.SkipReason is null && r.Variables.Get("IMAGE_INSTALL") is not null)) image.Variables.Set(Variable, text.ToString());

        void Add(string recipe, string cve, string? status)
        {
            if (cve.StartsWith("CVE-", StringComparison.Ordinal) && status is not null) text.Append(recipe).Append('\t').Append(cve).Append('\t').Append(string.Join(' ', Words.Of(status))).Append('\n');
        }
    }

    /// <summary>The value of the variable as statuses.</summary>
    public static ImmutableArray<CveStatus> Parse(string text) =>
        [.. text.Split('\n').Select(line => line.Split('\t')).Where(parts => parts.Length == 3).Select(parts => CveStatus.Parse(parts[0], parts[1], parts[2])).Distinct()];
}
