using Strata.Core;
using Strata.Graph.Shell;

namespace Strata.Tests.Graph;

/// <summary>Which texts a shell would run; <c>sh -n</c> is asked about each of them, too.</summary>
public sealed class ShellGrammarTests
{
    [Theory]
    [InlineData("")]
    [InlineData("\n# nothing\n\n")]
    [InlineData("a; b & c\n")]
    [InlineData("! a | b && c ||\n d")]
    [InlineData("if a; then b; elif c; then d; else e; fi > /dev/null 2>&1")]
    [InlineData("for i in 1 2; do a; done | b")]
    [InlineData("for i\ndo a\ndone")]
    [InlineData("while a; do b; done < c")]
    [InlineData("until a\ndo b\ndone")]
    [InlineData("case $x in (a|b) c;; *) ;; esac")]
    [InlineData("case $x in\n a)\n  b\nesac")]
    [InlineData("f () { a; }\ng() ( b )\nf")]
    [InlineData("{ a; ( b; c ) & }")]
    [InlineData("cat <<E >out\nif ' ( \nE\na")]
    [InlineData("a='x y' B=\"$(c \"d\")\" e >&2")]
    [InlineData("echo if then fi done")]
    [InlineData("a \\\n  b\\\n")]
    [InlineData("x=${y:-$(z)}; $((1 + 2))")]
    public async Task What_a_shell_runs_is_accepted(string text)
    {
        Assert.Null(ShellGrammar.Problem(text));
        Assert.True(await IsAcceptedByShell(text));
    }

    [Theory]
    [InlineData("if true; then\n", "ends")]
    [InlineData("if true; fi", "'fi'")]
    [InlineData("if; then a; fi", "';'")]
    [InlineData("echo 'x\n", "closed")]
    [InlineData("echo \"x", "closed")]
    [InlineData("a $(b", "closed")]
    [InlineData("a `b", "closed")]
    [InlineData("done", "'done'")]
    [InlineData("a;; b", "';;'")]
    [InlineData("a &&", "ends")]
    [InlineData("a && && b", "'&&'")]
    [InlineData("| a", "'|'")]
    [InlineData("for i in a; b; done", "'b'")]
    [InlineData("case x in a b;; esac", "'b'")]
    [InlineData("( a", "ends")]
    [InlineData("a )", "')'")]
    [InlineData("{ a; ", "ends")]
    [InlineData("f () a", "'a'")]
    [InlineData("a >\n", "'>'")]
    public async Task What_no_shell_runs_is_refused_with_the_reason(string text, string reason)
    {
        Assert.Contains(reason, ShellGrammar.Problem(text), StringComparison.Ordinal);
        if (text is not "f () a") Assert.False(await IsAcceptedByShell(text));     // dash takes any command as a function's body
    }

    [Fact]
    public void Nesting_without_end_is_refused_and_nothing_worse() => Assert.NotNull(ShellGrammar.Problem(string.Concat(Enumerable.Repeat("( ", 100_000))));

    private static async Task<bool> IsAcceptedByShell(string text) =>
        (await ProcessRunner.RunAsync(new() { Command = ["/bin/sh", "-n", "-c", text] }, CancellationToken.None)).Succeeded;
}
