using Strata.Metadata.Expressions;

namespace Strata.Tests.Metadata.Expressions;

public sealed class HostTests
{
    [Theory]
    [InlineData("os.uname()[4]", "aarch64")]
    [InlineData("os.uname().machine", "aarch64")]
    [InlineData("os.uname()[-5]", "Linux")]
    [InlineData("os.getuid()", "0")]
    [InlineData("oe.utils.cpu_count()", "6")]
    [InlineData("oe.utils.cpu_count(at_most=4)", "4")]
    [InlineData("oe.utils.cpu_count(at_least=8)", "8")]
    public void What_the_load_was_told_about_the_machine_is_known(string expression, string expected) => Assert.Equal(expected, Evaluate(expression, "aarch64", 6));

    [Theory]
    [InlineData("os.uname()[1]")]
    [InlineData("os.uname().release")]
    [InlineData("list(os.uname())")]
    public void The_rest_of_the_machine_is_not(string expression) =>
        Assert.Equal(ExpressionException.Impure, Assert.Throws<ExpressionException>(() => Evaluate(expression, "aarch64", 6)).Kind);

    [Fact]
    public void Processors_are_unknown_unless_told() =>
        Assert.Equal(ExpressionException.Impure, Assert.Throws<ExpressionException>(() => Evaluate("oe.utils.cpu_count()", "", 0)).Kind);

    private static string Evaluate(string expression, string architecture, int processors) =>
        InlineExpression.Evaluate(expression, new CorpusScope(new Dictionary<string, string>()) { BuildArchitecture = architecture, Processors = processors });
}
