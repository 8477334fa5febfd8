using Strata.Graph.Shell;

namespace Strata.Tests.Graph;

public sealed class ShellCommandsTests
{
    [Theory]
    [InlineData("helper x | other", "helper other")]
    [InlineData("a && b || c; d & e", "a b c d e")]
    [InlineData("if a; then b; elif c; then d; else e; fi", "a b c d e")]
    [InlineData("while a; do b; done; until c\ndo d\ndone", "a b c d")]
    [InlineData("for x in no nor; do a; done", "a")]
    [InlineData("for x\nin no; do a; done", "a")]
    [InlineData("case $z in no) a;; (no|nor) b ;; *) c;; esac; d", "a b c d")]
    [InlineData("case $z in\n  no)\n    a\n    ;;\nesac\nb", "a b")]
    [InlineData("( a ) && b || ! c", "a b c")]
    [InlineData("{ a; b; } > file; c", "a b c")]
    [InlineData("x=$(a)", "a")]
    [InlineData("echo \"no $(a)\" 'no $(no)' `b`", "a b echo")]
    [InlineData("echo $(case x in y) a;; esac) no", "a echo")]
    [InlineData("eval a no", "a")]
    [InlineData("$no; \"no\"; \\no; a", "a")]
    [InlineData("a # no\n# no\nb", "a b")]
    [InlineData("echo $(( 1 + 2 )); a", "a echo")]
    [InlineData("echo $(( $(a) * (2 + 3) )) no", "a echo")]
    [InlineData("a \\\n  no", "a")]
    [InlineData("a 2>&1 | b", "a b")]
    [InlineData("V=x W=\"$(b)\" a no", "a b")]
    [InlineData("< file a", "a")]
    [InlineData("a <<E no\nno $no\nE\nb", "a b")]
    [InlineData("a <<-'E'\n\tno\n\tE\nb", "a b")]
    [InlineData("f () {\n  a\n}\nf", "a")]
    [InlineData("function f {\n  a\n}\nf; b", "a b")]
    [InlineData("", "")]
    public void Commands_are_found_where_a_command_may_stand(string text, string expected) =>
        Assert.Equal(expected, string.Join(' ', ShellCommands.In(text).Plain));

    [Theory]
    [InlineData("V=\"$(b)\" a", "a")]
    [InlineData("V=`b` W=x a", "a")]
    [InlineData("b > $(a)", "a")]
    [InlineData("echo ${x:-$(a)} \"${y:-`b`}\"", "a b")]
    [InlineData("case $(a) in b) c;; esac", "a")]
    [InlineData("echo `b \\`a\\``", "a")]
    [InlineData("b <<E\n$(a) 'x\nE\nc", "a")]
    [InlineData("b <<'E'\n$(no)\nE\nc", "")]
    public void Commands_that_only_a_real_shell_finds_are_kept_apart(string text, string expected) =>
        Assert.Equal(expected, string.Join(' ', ShellCommands.In(text).Hidden));

    [Theory]
    [InlineData("if true; then")]
    [InlineData("a \"b")]
    [InlineData("a $(b")]
    [InlineData("a `b")]
    [InlineData("a ${b")]
    [InlineData("a <<")]
    [InlineData("a <<E")]
    [InlineData("esac )) ;; done fi")]
    [InlineData("a '")]
    [InlineData("a \\")]
    [InlineData("$((")]
    [InlineData("case")]
    [InlineData("\0\u0001\uFFFF")]
    public void Text_that_is_no_shell_is_read_as_far_as_it_makes_sense(string text) => Assert.NotNull(ShellCommands.In(text));

    [Fact]
    public void Deep_nesting_does_not_exhaust_the_stack()
    {
        Assert.NotNull(ShellCommands.In(string.Concat(Enumerable.Repeat("$(", 3000))));
        Assert.NotNull(ShellCommands.In(string.Concat(Enumerable.Repeat("\"${", 3000))));
    }
}
