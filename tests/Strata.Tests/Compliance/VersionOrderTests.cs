using Strata.Compliance;

namespace Strata.Tests.Compliance;

public sealed class VersionOrderTests
{
    [Theory]
    [InlineData(VersionScheme.Upstream, "1.2.11 < 1.2.12 < 1.2.12.1 < 1.3 < 1.10 < 2")]
    [InlineData(VersionScheme.Upstream, "1.1.1 < 1.1.1a < 1.1.1w < 1.1.2")]
    [InlineData(VersionScheme.Upstream, "2.0-dev < 2.0-alpha1 < 2.0-beta1 < 2.0-rc1 < 2.0-rc2 < 2.0 < 2.0p1")]
    [InlineData(VersionScheme.Upstream, "openssl-3.0.1 < v3.0.2 < openssl_3_0_10")]
    [InlineData(VersionScheme.Semantic, "1.0.0-alpha < 1.0.0-alpha.1 < 1.0.0-alpha.beta < 1.0.0-beta.2 < 1.0.0-beta.11 < 1.0.0-rc.1 < v1.0.0 < 1.0.1")]
    [InlineData(VersionScheme.Python, "1.0.dev1 < 1.0a1 < 1.0b2 < 1.0rc1 < 1.0 < 1.0.post1.dev1 < 1.0.post1 < 1.1 < 1!0.1")]
    [InlineData(VersionScheme.Debian, "1.0~rc1-1 < 1.0-1 < 1.0-1+deb12u1 < 1.0-2 < 1:0.1")]
    public void Versions_are_ordered_as_their_ecosystem_does(VersionScheme scheme, string chain)
    {
        var versions = chain.Split(" < ");

        foreach (var (i, a) in versions.Index())
            foreach (var (j, b) in versions.Index())
                Assert.True(Math.Sign(VersionOrder.Compare(scheme, a, b)) == i.CompareTo(j), $"{a} and {b}");
    }

    [Theory]
    [InlineData(VersionScheme.Upstream, "1.0", "1.0.0")]
    [InlineData(VersionScheme.Upstream, "v2.5", "2.5+git1234")]
    [InlineData(VersionScheme.Semantic, "1.2.3+build", "v1.2.3")]
    [InlineData(VersionScheme.Python, "1.0-rc.1", "1.0c1")]
    [InlineData(VersionScheme.Python, "2.0-1", "2.0.post1")]
    public void Spellings_of_one_version_are_equal(VersionScheme scheme, string a, string b) => Assert.Equal(0, VersionOrder.Compare(scheme, a, b));

    [Theory]
    [InlineData("CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H", 9.8)]
    [InlineData("CVSS:3.1/AV:N/AC:L/PR:N/UI:R/S:C/C:L/I:L/A:N", 6.1)]
    [InlineData("CVSS:3.0/AV:L/AC:H/PR:L/UI:N/S:U/C:N/I:N/A:N", 0.0)]
    [InlineData("CVSS:3.1/AV:N/AC:L/PR:L/UI:N/S:C/C:H/I:H/A:H", 9.9)]
    [InlineData("CVSS:4.0/AV:L/AC:L/AT:P/PR:L/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N", 7.3)]
    [InlineData("CVSS:4.0/AV:N/AC:L/AT:P/PR:N/UI:P/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N", 7.7)]
    [InlineData("CVSS:4.0/AV:N/AC:L/AT:P/PR:N/UI:N/VC:H/VI:L/VA:L/SC:N/SI:N/SA:N", 8.3)]
    [InlineData("CVSS:4.0/AV:L/AC:L/AT:N/PR:N/UI:A/VC:L/VI:N/VA:N/SC:N/SI:N/SA:N", 4.6)]
    [InlineData("CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:H/SI:H/SA:H", 10.0)]
    [InlineData("CVSS:4.0/AV:L/AC:L/AT:N/PR:H/UI:N/VC:N/VI:N/VA:N/SC:H/SI:N/SA:N", 5.9)]
    [InlineData("CVSS:4.0/AV:P/AC:H/AT:P/PR:H/UI:A/VC:L/VI:N/VA:N/SC:N/SI:N/SA:N", 1.0)]
    [InlineData("CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:N/VI:N/VA:N/SC:N/SI:N/SA:N", 0.0)]
    [InlineData("CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N/E:U/CR:L", 9.3)]
    [InlineData("CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:X/SC:N/SI:N/SA:N", null)]
    [InlineData("CVSS:4.0/AV:N/AC:L/AT:N", null)]
    [InlineData("CVSS:5.0/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H", null)]
    [InlineData("CVSS:3.1/AV:N", null)]
    public void Base_scores_are_those_of_the_specification(string vector, double? expected) => Assert.Equal(expected, CvssVector.BaseScore(vector));
}
