using Strata.Core;
using Strata.Metadata.Expressions;

namespace Strata.Tests.Metadata.Expressions;

public sealed class ExpressionReferencesTests
{
    [Theory]
    [InlineData("d.getVar('A') + d.getVar(\"B\", False)", "A B", "", "", "")]
    [InlineData("d.getVarFlag('A', 'f') or ''", "", "A[f]", "", "")]
    [InlineData("bb.utils.contains('L', 'b a', d.getVar('X'), '', d)", "X", "", "L{b a}", "")]
    [InlineData("bb.utils.contains_any('L', 'b a', '1', '', d)", "", "", "L{a} L{b}", "")]
    [InlineData("bb.utils.filter('L', 'x', d)", "", "", "L{x}", "")]
    [InlineData("bb.utils.contains('L', ['b'], '1', '', d)", "L", "", "", "")]
    [InlineData("helper(d) + str(other(len('x')))", "", "", "", "helper other")]
    [InlineData("oe.utils.conditional('A', 'x', 'y', 'z', d)", "A", "", "", "")]
    [InlineData("d.expand('${A}-${@d.getVar(\"B\")}')", "A B", "", "", "")]
    [InlineData("' '.join(x + d.getVar('A') for x in d.getVar('B').split())", "A B", "", "", "")]
    [InlineData("not python", "", "", "", "")]
    public void References_are_what_the_text_says(string expression, string variables, string flags, string words, string functions)
    {
        var found = ExpressionReferences.Of(expression);
        Assert.Equal(variables, string.Join(' ', found.Variables));
        Assert.Equal(flags, string.Join(' ', found.Flags));
        Assert.Equal(words, string.Join(' ', found.WordTests.Select(t => $"{t.Variable}{{{t.Words}}}")));
        Assert.Equal(functions, string.Join(' ', found.Functions));
        Assert.False(found.ReadsComputedNames);
    }

    [Fact]
    public void A_computed_name_is_admitted() => Assert.True(ExpressionReferences.Of("d.getVar('A_' + x)").ReadsComputedNames);

    [Fact]
    public void Bare_names_are_those_that_nothing_binds() =>
        Assert.Equal(["FOO", "helper"], ExpressionReferences.Of("[x for x in map(helper, FOO.split()) if len(x) and (lambda y: y)(d)]").BareNames);

    [Fact]
    public void Asking_for_a_class_is_noted() => Assert.Equal(["native"], ExpressionReferences.Of("bb.data.inherits_class('native', d)").Classes);

    [Fact]
    public void A_function_reads_what_its_body_reads()
    {
        var body = "    import re\n    if bb.utils.contains('L', 'a', True, False, d):\n        return helper(d.getVar('A'))\n    for f in []:\n        f()\n    return re.sub('a', 'b', d.getVar('B'))\n";
        var found = ExpressionReferences.Of(new PythonFunction("f", "d, x=default()", body, new SourceSpan("x")));
        Assert.Equal(["A", "B"], found.Variables);
        Assert.Equal([new WordTest("L", "a")], found.WordTests);
        Assert.Equal(["default", "helper"], found.Functions);
        Assert.Empty(found.BareNames);
    }
}
