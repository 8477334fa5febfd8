using Strata.Cli;
using Strata.Core;

namespace Strata.Tests.Cli;

public sealed class DiagnosticSummaryTests
{
    private static readonly Rule s_warning = new("STR2990", Severity.Warning, "Odd thing");
    private static readonly Rule s_error = new("STR2991", Severity.Error, "Wrong thing");

    [Theory]
    [InlineData(3, 3)]
    [InlineData(4, 1)]
    [InlineData(4000, 1)]
    public void Many_warnings_of_one_kind_are_counted(int warnings, int shown) => Assert.Equal(shown, Shown(s_warning, warnings).Length);

    [Fact]
    public void The_count_says_how_to_see_them() =>
        Assert.Equal("warning STR2990: Odd thing: in 7 places\n  hint: strata check lists them", Assert.Single(Shown(s_warning, 7)).ToString());

    [Fact]
    public void No_error_is_left_out() => Assert.Equal(50, Shown(s_error, 50).Length);

    private static Diagnostic[] Shown(Rule rule, int count) => [.. DiagnosticSummary.Of([.. Enumerable.Range(1, count).Select(i => rule.At(new("a.bb", i, 1), "here"))])];
}
