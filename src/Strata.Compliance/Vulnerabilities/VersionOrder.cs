using Strata.Packaging;

namespace Strata.Compliance;

/// <summary>Which of two versions is older, by the rules of their ecosystem.</summary>
public static class VersionOrder
{
    /// <summary>Negative when <paramref name="a"/> is older. <c>0</c> is older than everything else.</summary>
    public static int Compare(VersionScheme scheme, string a, string b)
    {
        if (a == b) return 0;
        if (a == "0" || b == "0") return a == "0" ? -1 : 1;
        return scheme switch
        {
            VersionScheme.Semantic => SemanticVersion.Compare(a, b),
            VersionScheme.Python => PythonVersion.Compare(a, b),
            VersionScheme.Debian => PackageVersion.Compare(a, b),
            VersionScheme.Commit => string.CompareOrdinal(a, b),
            _ => UpstreamVersion.Compare(a, b),
        };
    }

    /// <summary>By OSV's name of the ecosystem.</summary>
    public static VersionScheme SchemeOf(string ecosystem) => ecosystem.Split(':')[0] switch
    {
        "npm" or "crates.io" or "Go" or "Hex" or "Pub" or "NuGet" or "SwiftURL" or "GitHub Actions" => VersionScheme.Semantic,
        "PyPI" => VersionScheme.Python,
        "Debian" or "Ubuntu" => VersionScheme.Debian,
        _ => VersionScheme.Upstream,
    };

    /// <summary>Numbers of any length, leading zeros left out of account.</summary>
    internal static int CompareNumbers(ReadOnlySpan<char> a, ReadOnlySpan<char> b)
    {
        a = a.TrimStart('0');
        b = b.TrimStart('0');
        return a.Length != b.Length ? a.Length - b.Length : a.SequenceCompareTo(b);
    }
}
