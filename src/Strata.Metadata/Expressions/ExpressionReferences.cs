using System.Collections.Immutable;

namespace Strata.Metadata.Expressions;

/// <summary>What an expression or a metadata function reads, as far as its text tells. All lists are sorted and without doubles.</summary>
public sealed record ExpressionReferences
{
    private static readonly BoundedCache<string, ExpressionReferences> s_cache = new(16_384, StringComparer.Ordinal);

    /// <summary>Names read whole: <c>d.getVar('N')</c> and the like, also by the functions of BitBake's modules that are called.</summary>
    public ImmutableArray<string> Variables { get; init; } = [];

    /// <summary>Flags read, as <c>N[f]</c>.</summary>
    public ImmutableArray<string> Flags { get; init; } = [];

    /// <summary>Names of which only the presence of some words matters.</summary>
    public ImmutableArray<WordTest> WordTests { get; init; } = [];

    /// <summary>Classes asked for by <c>bb.data.inherits_class</c>: the answer matters, not the whole list.</summary>
    public ImmutableArray<string> Classes { get; init; } = [];

    /// <summary>Called by a plain name: metadata functions, if there are such.</summary>
    public ImmutableArray<string> Functions { get; init; } = [];

    /// <summary>
    /// Plain names that are neither built in nor bound in the text: variables or metadata functions, if there are such.
    /// BitBake's key ignores those that are variables.
    /// </summary>
    public ImmutableArray<string> BareNames { get; init; } = [];

    /// <summary>True if a name is computed, so that the lists are incomplete.</summary>
    public bool ReadsComputedNames { get; init; }

    /// <summary>The references of an expression's text (without <c>${@</c> and <c>}</c>). Empty if the text does not parse.</summary>
    public static ExpressionReferences Of(string expression) => s_cache.Get(expression, FromText);

    /// <summary>The references of a metadata function, not including those of functions it calls. Empty if it does not parse.</summary>
    public static ExpressionReferences Of(PythonFunction function)
    {
        var collector = new ReferenceCollector();
        try { collector.Add(ParseCache.Function(function)); }
        catch (ExpressionException) { return new(); }
        return collector.Build();
    }

    private static ExpressionReferences FromText(string expression)
    {
        var collector = new ReferenceCollector();
        try { collector.Add(ParseCache.Expression(expression)); }
        catch (ExpressionException) { return new(); }
        return collector.Build();
    }
}
