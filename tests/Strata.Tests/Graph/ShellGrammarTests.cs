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
        Assert.Null(ShellGrammar.Check(text).Problem);
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
        Assert.Contains(reason, ShellGrammar.Check(text).Problem, StringComparison.Ordinal);
        if (text is not "f () a") Assert.False(await IsAcceptedByShell(text));     // dash takes any command as a function's body
    }

    /// <summary>BitBake was asked about each: tests/corpus/parse/shell.jsonl.</summary>
    [Theory]
    [InlineData("echo else", "'else'")]
    [InlineData("echo [ while ]", "'while'")]
    [InlineData("echo }", "'}'")]
    [InlineData("echo for a in", "'in'")]
    [InlineData("for i in a if; do b; done", "'if'")]
    [InlineData("for i; do a; done", "'for' without 'in'")]
    [InlineData("! ! a", "'!' twice")]
    [InlineData("f() { a; } > b", "behind a function")]
    [InlineData("a > fi", "'fi'")]
    [InlineData("a \"$(echo else)\"", "'else'")]
    [InlineData("a $((1 + 2))", "$(( ))")]
    public async Task What_only_BitBake_refuses_is_told_apart(string text, string reason)
    {
        var commands = ShellCommands.In(text);

        Assert.Null(commands.Problem);
        Assert.Contains(reason, commands.Refusal, StringComparison.Ordinal);
        if (!text.Contains("! !", StringComparison.Ordinal)) Assert.True(await IsAcceptedByShell(text));
    }

    [Theory]
    [InlineData("echo if then do done for until ! fi")]
    [InlineData("for i in fi; do a; done")]
    [InlineData("case $(if a) in b) c;; esac")]
    [InlineData("cat <<E\n$(else)\nE")]
    public void What_BitBake_reads_is_not_refused(string text) => Assert.Null(ShellCommands.In(text).Refusal);

    [Fact]
    public void Nesting_without_end_is_refused_and_nothing_worse() => Assert.NotNull(ShellGrammar.Check(string.Concat(Enumerable.Repeat("( ", 100_000))).Problem);

    private static async Task<bool> IsAcceptedByShell(string text) =>
        (await ProcessRunner.RunAsync(new() { Command = ["/bin/sh", "-n", "-c", text] }, CancellationToken.None)).Succeeded;
}
