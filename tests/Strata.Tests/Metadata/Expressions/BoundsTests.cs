using Strata.Metadata.Expressions;

namespace Strata.Tests.Metadata.Expressions;

public sealed class BoundsTests
{
    [Theory]
    [InlineData("os.path.exists('/x')", "os.path.exists reads the disk")]
    [InlineData("time.time()", "time.time reads the clock")]
    [InlineData("os.uname()[4]", "os.uname reads the host")]
    [InlineData("os.environ['HOME']", "os.environ reads the environment")]
    [InlineData("d.setVar('A', 'b')", "d.setVar changes the datastore")]
    [InlineData("os.path.relpath('../a', 'b')", "os.path.relpath of a relative path reads the working directory")]
    [InlineData("bb.utils.which('/bin', 'ls')", "bb.utils.which reads the disk")]
    [InlineData("open('/etc/passwd')", "open() reads the disk")]
    public void What_is_not_metadata_is_refused_by_name(string expression, string message)
    {
        var error = Assert.Throws<ExpressionException>(() => Evaluate(expression));
        Assert.Equal((ExpressionException.Impure, message), (error.Kind, error.Message));
    }

    [Theory]
    [InlineData("oe.nothing.here()")]
    [InlineData("str(d)")]
    [InlineData("str(x for x in 'ab')")]
    [InlineData("'İ'.lower()")]
    [InlineData("1j")]
    public void What_cannot_be_right_is_refused_rather_than_guessed(string expression) =>
        Assert.Equal(ExpressionException.Unsupported, Assert.Throws<ExpressionException>(() => Evaluate(expression)).Kind);

    [Theory]
    [InlineData("'x' * 10 ** 9")]
    [InlineData("9 ** 9 ** 9")]
    [InlineData("[0 for i in range(10 ** 12)]")]
    public void What_would_never_end_is_stopped(string expression) =>
        Assert.Equal(ExpressionException.TooLong, Assert.Throws<ExpressionException>(() => Evaluate(expression)).Kind);

    [Fact]
    public void Deep_nesting_is_an_error_and_not_a_crash() =>
        Assert.Equal("RecursionError", Assert.Throws<ExpressionException>(() => Evaluate(new string('(', 200_000) + new string(')', 200_000))).Kind);

    [Fact]
    public void The_place_of_an_error_is_known() =>
        Assert.Equal(8, Assert.Throws<ExpressionException>(() => Evaluate("[1, 'a' + 2][0]")).Offset);

    [Theory]
    [InlineData("oe.utils.trim_version('1.2.3.4', 3)", "1.2.3")]
    [InlineData("oe.utils.vartrue('ON', 'y', 'n', d)", "y")]
    [InlineData("oe.utils.conditional('ON', '1', 'y', 'n', d)", "y")]
    [InlineData("oe.utils.set_intersect('L', 'M', d)", "a b")]
    [InlineData("oe.utils.both_contain('L', 'M', 'b', d)", "b")]
    [InlineData("oe.utils.str_filter_out('a.*', 'ab bb ac', d)", "bb")]
    [InlineData("oe.utils.build_depends_string('a b', 'do_x')", "a:do_x b:do_x")]
    [InlineData("oe.utils.parallel_make_argument(d, '-n %d', limit=4)", "-n 4")]
    [InlineData("oe.utils.all_multilib_tune_values(d, 'L')", "a b c")]
    [InlineData("oe.types.boolean('No')", "False")]
    [InlineData("oe.path.relative('/usr/bin', '/tmp/foo')", "../../tmp/foo")]
    [InlineData("bb.utils.explode_deps('a (>= 1) b')", "['a', 'b']")]
    [InlineData("bb.utils.explode_dep_versions2('b (>= 1) a')", "OrderedDict([('a', []), ('b', ['>= 1'])])")]
    [InlineData("bb.parse.vars_from_file('/x/foo_1.0.bb', d)", "['foo', '1.0', None]")]
    [InlineData("bb.data.inherits_class('native', d)", "True")]
    [InlineData("bb.utils.vercmp_string('1:1.0', '3:1.0')", "-2")]
    public void BitBakes_own_helpers_compute(string expression, string expected) => Assert.Equal(expected, Evaluate(expression));

    private static string Evaluate(string expression) => InlineExpression.Evaluate(expression, new CorpusScope(new Dictionary<string, string>
    {
        ["ON"] = "1", ["L"] = "a b c", ["M"] = "b a d", ["PARALLEL_MAKE"] = "-j 8", ["__inherit_cache"] = "/l/classes/base.bbclass /l/classes/native.bbclass",
    }));
}
