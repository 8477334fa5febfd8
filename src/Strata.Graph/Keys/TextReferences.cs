using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Strata.Metadata.Expressions;

namespace Strata.Graph.Keys;

/// <summary>
/// What a text refers to, found without evaluating anything. Depends on the text alone, so one scan serves all recipes.
/// <paramref name="IsComplete"/> is false where a reference may come out of another one (<c>${${X}}</c>) and must be looked for while expanding.
/// </summary>
internal sealed partial record TextReferences(ImmutableArray<string> Names, ImmutableArray<ExpressionReferences> Expressions, bool IsComplete)
{
    /// <summary>Names of variables and nothing else, sorted.</summary>
    public bool IsPlain => IsComplete && Expressions.IsEmpty;

    public static TextReferences None { get; } = new([], [], true);

    public static TextReferences In(string text)
    {
        if (!text.Contains("${", StringComparison.Ordinal)) return None;
        var names = SimpleReference().Matches(text).Select(m => m.Value[2..^1]).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToImmutableArray();
        var opening = text.AsSpan().Count("${");
        var matched = SimpleReference().Count(text);
        if (!text.Contains("${@", StringComparison.Ordinal)) return new(names, [], opening == matched || !HasNesting(text));

        var codes = InlineReference().Matches(text).Select(m => m.Value[3..^1]).ToList();
        var isComplete = codes.TrueForAll(c => !c.Contains('$') && !MayGiveReferences(c));
        return new(names, isComplete ? [.. codes.Select(ExpressionReferences.Of)] : [], isComplete && !HasNesting(text));
    }

    [GeneratedRegex(@"\$\{[a-zA-Z0-9\-_+./~:]+\}", RegexOptions.CultureInvariant)]
    public static partial Regex SimpleReference();

    [GeneratedRegex(@"\$\{@(?:\{.*?\}|.)+?\}", RegexOptions.CultureInvariant)]
    public static partial Regex InlineReference();

    /// <summary>A reference whose name another one completes.</summary>
    [GeneratedRegex(@"\$\{[a-zA-Z0-9\-_+./~:]*\$\{", RegexOptions.CultureInvariant)]
    private static partial Regex NestedReference();

    private static bool HasNesting(string text) => NestedReference().IsMatch(text);

    /// <summary>An unexpanded read, or a function whose result nobody knows.</summary>
    private static bool MayGiveReferences(string code) =>
        code.Contains("False", StringComparison.Ordinal) || code.Contains("getVar(", StringComparison.Ordinal) && code.Contains(", 0", StringComparison.Ordinal)
        || code.Contains("expand", StringComparison.Ordinal) || !ExpressionReferences.Of(code).Functions.IsEmpty;
}
