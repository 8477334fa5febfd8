using Strata.Core;
using Strata.Metadata.Expressions;

namespace Strata.Tests.Metadata.Expressions;

public sealed class PythonFunctionTests
{
    [Theory]
    [InlineData("", "    x = 0\n    for i in range(5):\n        if i == 3:\n            continue\n        x += i\n    else:\n        x += 100\n    return x\n", "f()", "107")]
    [InlineData("", "    i = 0\n    while True:\n        i += 1\n        if i > 5: break\n    else:\n        i = None\n    return i\n", "f()", "6")]
    [InlineData("", "    try:\n        return int('a')\n    except (KeyError, ValueError) as e:\n        return 'bad ' + type(e).__name__\n", "f()", "bad ValueError")]
    [InlineData("", "    r = []\n    try:\n        r.append(1)\n    except Exception:\n        r.append(2)\n    else:\n        r.append(3)\n    finally:\n        r.append(4)\n    return r\n", "f()", "[1, 3, 4]")]
    [InlineData("", "    try:\n        return 1\n    finally:\n        return 2\n", "f()", "2")]
    [InlineData("", "    a, (b, *c) = 1, (2, 3, 4)\n    a, b = b, a\n    return a, b, c\n", "f()", "(2, 1, [3, 4])")]
    [InlineData("", "    import re\n    m = re.match(r'(\\d+)\\.(?P<minor>\\d+)', '12.34')\n    return m.group(1) + m.group('minor')\n", "f()", "1234")]
    [InlineData("", "    \"\"\"Says\n    nothing\"\"\"\n    # comment\n\n    x = {'a': 1,\n  'b': 2}\n    del x['a']\n    return x\n", "f()", "{'b': 2}")]
    [InlineData("", "    def g(a, b=2, *c, **k):\n        return a, b, c, k\n    return g(1), g(1, 3, 4, z=5)\n", "f()", "((1, 2, (), {}), (1, 3, (4,), {'z': 5}))")]
    [InlineData("", "    fs = [lambda: i for i in range(3)]\n    return [g() for g in fs]\n", "f()", "[2, 2, 2]")]
    [InlineData("d, sep=','", "    return sep.join(d.getVar('LIST').split())\n", "f(d)", "c,a,b")]
    [InlineData("n", "    return 1 if n < 2 else n * f(n - 1)\n", "f(25)", "15511210043330985984000000")]
    [InlineData("", "    pass\n", "f()", "None")]
    public void A_function_gives_what_Python_gives(string parameters, string body, string call, string expected) =>
        Assert.Equal(expected, Evaluate(parameters, body, call));

    [Theory]
    [InlineData("    return y\n    y = 1\n", "UnboundLocalError")]
    [InlineData("    return LIST\n", "NameError")]
    [InlineData("    return d.getVar('LIST')\n", "NameError")]
    [InlineData("    try:\n        1/0\n    except ValueError:\n        return 1\n", "ZeroDivisionError")]
    [InlineData("    raise bb.parse.SkipRecipe('not here')\n", "SkipRecipe")]
    [InlineData("    bb.fatal('no')\n", "BBHandledException")]
    [InlineData("    x = 1\n      y = 2\n", "IndentationError")]
    [InlineData("    while True:\n        pass\n", ExpressionException.TooLong)]
    [InlineData("    return f()\n", "RecursionError")]
    [InlineData("    with x: pass\n", ExpressionException.Unsupported)]
    [InlineData("    yield 1\n", ExpressionException.Unsupported)]
    [InlineData("    global x\n    x = 1\n", ExpressionException.Unsupported)]
    [InlineData("    import subprocess\n    return subprocess.check_output(['date'])\n", ExpressionException.Impure)]
    [InlineData("    try:\n        return os.path.exists('/x')\n    except Exception:\n        return 'swallowed'\n", ExpressionException.Impure)]
    public void What_fails_says_how(string body, string kind) =>
        Assert.Equal(kind, Assert.Throws<ExpressionException>(() => Evaluate("", body, "f()")).Kind);

    [Fact]
    public void An_error_names_the_function_and_the_line()
    {
        var error = Assert.Throws<ExpressionException>(() => Evaluate("", "    x = None\n    return x.split()\n", "f()"));
        Assert.Equal(("f", 2), (error.Function?.Name, error.FunctionLine));
        Assert.Equal("'NoneType' object has no attribute 'split'", error.Message);
    }

    [Fact]
    public void An_unsupported_statement_that_is_not_reached_does_no_harm() =>
        Assert.Equal("1", Evaluate("", "    if True:\n        return 1\n    with open('x') as f:\n        return f.read()\n", "f()"));

    [Fact]
    public void What_a_function_says_is_handed_on_and_it_goes_on()
    {
        var scope = new CorpusScope(new Dictionary<string, string>(),
            new PythonFunction("f", "", "    bb.debug(1, 'a')\n    bb.note('b')\n    bb.warn('c', 'd')\n    bb.error('e')\n    return 1\n", default));

        Assert.Equal("1", InlineExpression.Evaluate("f()", scope));

        Assert.Equal(["Note: b", "Warning: cd", "Error: e"], scope.Messages);
    }

    /// <summary>Each level of such a value holds the one below twice: as many pairs as no computer counts.</summary>
    [Theory]
    [InlineData("[x, x]", "a == b")]
    [InlineData("[x, x]", "a < b")]
    [InlineData("[x, x]", "a in [b]")]
    [InlineData("{'k': x, 'l': x}", "a == b")]
    [InlineData("(x, x)", "len({a})")]
    [InlineData("(x, x)", "[i for i in range(100000) if a == b]")]
    public void Comparing_values_that_hold_each_other_twice_ends(string value, string comparison)
    {
        var body = $"    a = 1\n    b = 1\n    for i in range(70):\n        x = a\n        a = {value}\n        x = b\n        b = {value}\n    return {comparison}\n";

        Assert.Equal(ExpressionException.TooLong, Assert.Throws<ExpressionException>(() => Evaluate("", body, "f()")).Kind);
    }

    private static string Evaluate(string parameters, string body, string call) => InlineExpression.Evaluate(
        call, new CorpusScope(new Dictionary<string, string> { ["LIST"] = "c a b" }, new PythonFunction("f", parameters, body, new SourceSpan("x.bbclass", 3))));
}
