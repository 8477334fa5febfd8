using System.Collections.Immutable;

namespace Strata.Metadata.Expressions;

/// <summary>Parsed expressions by their text: few texts make up most uses, and a tree never changes.</summary>
internal static class ParseCache
{
    private static readonly BoundedCache<string, Node> s_expressions = new(16_384, StringComparer.Ordinal);
    private static readonly BoundedCache<PythonFunction, FunctionCode> s_functions = new(2_048, EqualityComparer<PythonFunction>.Default);

    private static readonly BoundedCache<PythonModule, ImmutableArray<Statement>> s_modules = new(256, EqualityComparer<PythonModule>.Default);

    public static Node Expression(string text) => s_expressions.Get(text, Parser.Expression);

    public static FunctionCode Function(PythonFunction function) => s_functions.Get(function, Parser.Function);

    public static ImmutableArray<Statement> Module(PythonModule module) => s_modules.Get(module, m => Parser.Module(m.Text));
}
