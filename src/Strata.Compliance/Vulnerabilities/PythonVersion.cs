using System.Globalization;
using System.Numerics;
using System.Text.RegularExpressions;

namespace Strata.Compliance;

/// <summary>PEP 440: epoch, release, pre-release, post-release, development release.</summary>
internal static partial class PythonVersion
{
    /// <summary>What is no version of PEP 440 is ordered as upstream projects number.</summary>
    public static int Compare(string a, string b) =>
        Pattern().Match(a) is { Success: true } first && Pattern().Match(b) is { Success: true } second ? Compare(first, second) : UpstreamVersion.Compare(a, b);

    private static int Compare(Match a, Match b)
    {
        var order = Number(a, "epoch").CompareTo(Number(b, "epoch"));
        if (order == 0) order = CompareReleases(a.Groups["release"].Value.Split('.'), b.Groups["release"].Value.Split('.'));
        if (order == 0) order = Stage(a).CompareTo(Stage(b));
        if (order == 0) order = Number(a, "pre").CompareTo(Number(b, "pre"));
        if (order == 0) order = Post(a).CompareTo(Post(b));
        return order != 0 ? order : Dev(a).CompareTo(Dev(b));
    }

    private static int CompareReleases(string[] a, string[] b)
    {
        for (var i = 0; i < Math.Max(a.Length, b.Length); i++)
        {
            var order = VersionOrder.CompareNumbers(i < a.Length ? a[i] : "0", i < b.Length ? b[i] : "0");
            if (order != 0) return order;
        }
        return 0;
    }

    /// <summary>A development release of the release itself is before all pre-releases.</summary>
    private static int Stage(Match match) => match.Groups["stage"].Value.ToLowerInvariant() switch
    {
        "" => match.Groups["dev"].Success && !IsPost(match) ? 0 : 4,
        ['a', ..] => 1,
        ['b', ..] => 2,
        _ => 3,
    };

    private static bool IsPost(Match match) => match.Groups["post"].Success || match.Groups["dash"].Success;

    private static BigInteger Post(Match match) =>
        !IsPost(match) ? -1 : match.Groups["dash"].Success ? Number(match, "dash") : Number(match, "post");

    /// <summary>None is after all of them.</summary>
    private static BigInteger Dev(Match match) => match.Groups["dev"].Success ? Number(match, "dev") - BigInteger.Pow(10, 50) : 0;

    private static BigInteger Number(Match match, string group) =>
        BigInteger.TryParse(match.Groups[group].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;

    [GeneratedRegex(
        @"^\s*v?(?:(?<epoch>\d{1,40})!)?(?<release>\d{1,40}(?:\.\d{1,40})*)(?:[-_.]?(?<stage>alpha|beta|preview|pre|rc|a|b|c)[-_.]?(?<pre>\d{0,40}))?" +
        @"(?:-(?<dash>\d{1,40})|[-_.]?(?:post|rev|r)[-_.]?(?<post>\d{0,40}))?(?:[-_.]?dev[-_.]?(?<dev>\d{0,40}))?(?:\+[a-z0-9._-]*)?\s*$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
