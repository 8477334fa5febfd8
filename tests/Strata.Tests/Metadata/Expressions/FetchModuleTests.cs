using Strata.Metadata.Expressions;

namespace Strata.Tests.Metadata.Expressions;

/// <summary>Revisions in versions. The answers are BitBake's.</summary>
public sealed class FetchModuleTests
{
    private const string First = "1111111111222222222233333333334444444444";
    private const string Second = "aaaaaaaaaabbbbbbbbbbccccccccccdddddddddd";

    [Theory]
    [InlineData("https://a.org/x.tgz", "", "")]
    [InlineData("git://a.org/one.git;branch=main", "", "AUTOINC+1111111111")]
    [InlineData("gitsm://a.org/one.git;branch=main;name=two file://x", "", "AUTOINC+aaaaaaaaaa")]
    [InlineData("git://a.org/1.git;name=one git://a.org/2.git;name=two", "two_one-x", "AUTOINC+aaaaaaaaaa_1111111111-x")]
    [InlineData("git://a.org/1.git;name=on git://a.org/2.git;name=one", "one_on", "AUTOINC+1111111111_2222222222")]
    [InlineData("git://a.org/1.git;name=a git://a.org/2.git;name=two", "two.a", "AUTOINC+aaaaaaaaaa.1111111111")]
    public void Revisions_stand_where_the_format_names_them(string sources, string format, string expected)
    {
        var scope = new CorpusScope(new Dictionary<string, string>
        {
            ["SRC_URI"] = sources, ["SRCREV"] = First, ["SRCREV_two"] = Second, ["SRCREV_on"] = "2222222222333333333344444444445555555555", ["SRCREV_FORMAT"] = format,
        });

        Assert.Equal(expected, InlineExpression.Evaluate("bb.fetch2.get_pkgv_string(d)", scope));
    }

    [Theory]
    [InlineData("git://a.org/1.git;name=one git://a.org/2.git;name=two", "SRCREV_FORMAT = \"one_two\"")]
    [InlineData("https://a.org/x.tgz", "no valid SCM")]
    public void What_cannot_be_said_is_an_error_with_what_to_set(string sources, string expected)
    {
        var scope = new CorpusScope(new Dictionary<string, string> { ["SRC_URI"] = sources, ["SRCREV"] = First });

        var error = Assert.Throws<ExpressionException>(() => InlineExpression.Evaluate("bb.fetch.get_srcrev(d)", scope));
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }
}
