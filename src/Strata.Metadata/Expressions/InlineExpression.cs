namespace Strata.Metadata.Expressions;

/// <summary>Evaluates what stands between <c>${@</c> and <c>}</c>: Python's expressions, without its side effects.</summary>
public static class InlineExpression
{
    /// <summary>Python's <c>str()</c> of the value. Throws <see cref="ExpressionException"/>; never gives a wrong value instead.</summary>
    public static string Evaluate(string expression, IExpressionScope scope) => new Interpreter(scope).Run(ParseCache.Expression(expression));
}
