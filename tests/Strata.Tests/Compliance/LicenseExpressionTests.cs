using Strata.Compliance;
using Strata.Core;

namespace Strata.Tests.Compliance;

public sealed class LicenseExpressionTests
{
    private readonly Diagnostics _diagnostics = new();

    [Theory]
    [InlineData("MIT", "MIT")]
    [InlineData("mit", "MIT")]
    [InlineData("MIT AND Zlib OR Apache-2.0", "MIT AND Zlib OR Apache-2.0")]
    [InlineData("(MIT AND Zlib) OR Apache-2.0", "MIT AND Zlib OR Apache-2.0")]
    [InlineData("MIT AND (Zlib OR Apache-2.0)", "MIT AND (Zlib OR Apache-2.0)")]
    [InlineData("MIT & Zlib | Apache-2.0", "MIT AND Zlib OR Apache-2.0")]
    [InlineData("MIT&(Zlib|curl)", "MIT AND (Zlib OR curl)")]
    [InlineData("MIT and zlib", "MIT AND Zlib")]
    [InlineData("GPL-2.0-only WITH Linux-syscall-note", "GPL-2.0-only WITH Linux-syscall-note")]
    [InlineData("gpl-2.0-or-later with gcc-exception-2.0", "GPL-2.0-or-later WITH GCC-exception-2.0")]
    [InlineData("Apache-2.0+", "Apache-2.0+")]
    [InlineData("LicenseRef-My-Own AND DocumentRef-x:LicenseRef-y", "LicenseRef-My-Own AND DocumentRef-x:LicenseRef-y")]
    [InlineData("MIT AND (MIT AND Zlib)", "MIT AND Zlib")]
    [InlineData("((MIT))", "MIT")]
    [InlineData("MIT OR MIT", "MIT")]
    [InlineData("CLOSED", "LicenseRef-CLOSED")]
    public void Expressions_are_read_and_printed_in_canonical_form(string text, string expected)
    {
        Assert.Equal(expected, Parse(text)!.Normalize().ToString());
        Assert.Empty(_diagnostics.Sorted());
    }

    [Theory]
    [InlineData("GPLv2", "GPL-2.0-only")]
    [InlineData("GPLv2+", "GPL-2.0-or-later")]
    [InlineData("GPL-2.0", "GPL-2.0-only")]
    [InlineData("GPL-2.0+", "GPL-2.0-or-later")]
    [InlineData("LGPLv2.1+ & MIT-X", "LGPL-2.1-or-later AND MIT")]
    [InlineData("GPL-2.0-with-classpath-exception", "GPL-2.0-only WITH Classpath-exception-2.0")]
    public void Old_names_are_understood_and_the_new_one_is_suggested(string text, string expected)
    {
        Assert.Equal(expected, Parse(text)!.ToString());
        Assert.All(_diagnostics.Sorted(), d => Assert.Equal(("STR7003", Severity.Note), (d.Rule.Code, d.Severity)));
        Assert.NotEmpty(_diagnostics.Sorted());
    }

    [Theory]
    [InlineData("", 1, "a licence is missing")]
    [InlineData("MIT AND", 8, "a licence is missing")]
    [InlineData("MIT AND (Zlib", 14, "a ')' is missing")]
    [InlineData("MIT)", 4, "this ')' closes nothing")]
    [InlineData("MIT / Zlib", 5, "'/' is not expected here")]
    [InlineData("MIT OR , Zlib", 8, "',' cannot be part of a licence")]
    [InlineData("(MIT) WITH", 7, "'WITH' is not expected here")]
    [InlineData("MIT WITH", 9, "an exception is missing after WITH")]
    public void What_cannot_be_understood_is_pointed_at(string text, int column, string reason)
    {
        Assert.Null(Parse(text));
        Assert.Equal($"LICENSE = \"{text}\", column {column}: {reason}", Assert.Single(_diagnostics.Sorted()).Message);
    }

    [Theory]
    [InlineData("Apache-2", null)]
    [InlineData("Apach-2.0", "did you mean 'Apache-2.0'?")]
    [InlineData("MyCompanyInternalSecret", "write 'LicenseRef-MyCompanyInternalSecret' for a licence of its own")]
    public void An_unknown_licence_gets_a_suggestion(string text, string? hint)
    {
        Assert.NotNull(Parse(text));
        var diagnostic = Assert.Single(_diagnostics.Sorted());
        if (hint is not null) Assert.Equal(("STR7002", hint), (diagnostic.Rule.Code, diagnostic.Hint));
    }

    [Fact]
    public void Names_side_by_side_mean_that_all_apply_and_are_pointed_out()
    {
        Assert.Equal("MIT AND Zlib", Parse("MIT Zlib")!.ToString());
        Assert.Equal("STR7004", Assert.Single(_diagnostics.Sorted()).Rule.Code);
    }

    [Fact]
    public void Every_licence_is_listed_once() =>
        Assert.Equal(["MIT", "Zlib", "GPL-2.0-only WITH Linux-syscall-note"],
            Parse("MIT AND (Zlib OR MIT) AND GPL-2.0-only WITH Linux-syscall-note")!.Licenses.Select(l => l.ToString()));

    [Fact]
    public void What_is_printed_reads_back_as_the_same()
    {
        var random = new Random(7);
        for (var i = 0; i < 1000; i++)
        {
            var expression = Make(random, 4).Normalize();
            Assert.Equal(expression, Parse(expression.ToString()!)!.Normalize());
        }
        Assert.Empty(_diagnostics.Sorted());
    }

    [Fact]
    public void No_text_brings_the_parser_down()
    {
        var random = new Random(8);
        const string alphabet = "MIT()AND&|WITH +-.:GPLv2\t,";
        for (var i = 0; i < 500; i++) _ = Parse(new string([.. Enumerable.Range(0, random.Next(30)).Select(_ => alphabet[random.Next(alphabet.Length)])]));
        Assert.Null(Parse(new string('(', 100_000)));
    }

    [Fact]
    public void Every_identifier_of_the_list_stands_for_itself_or_for_what_replaced_it()
    {
        foreach (var id in SpdxList.Licenses)
            Assert.Equal(SpdxList.FindReplacement(id) ?? id, Parse(id)!.ToString());
        Assert.All(_diagnostics.Sorted(), d => Assert.Equal("STR7003", d.Rule.Code));
    }

    private static LicenseExpression Make(Random random, int depth)
    {
        string[] names = ["MIT", "Zlib", "Apache-2.0", "GPL-2.0-only", "LicenseRef-x"];
        if (depth == 0 || random.Next(3) == 0) return new LicenseExpression.License(names[random.Next(names.Length)], Exception: random.Next(5) == 0 ? "LLVM-exception" : null);
        LicenseExpression[] parts = [.. Enumerable.Range(0, random.Next(2, 4)).Select(_ => Make(random, depth - 1))];
        return random.Next(2) == 0 ? new LicenseExpression.And([.. parts]) : new LicenseExpression.Or([.. parts]);
    }

    private LicenseExpression? Parse(string text) => LicenseExpression.Parse(text, default, _diagnostics);
}
