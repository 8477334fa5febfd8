using Strata.Metadata.Expressions;

namespace Strata.Corpus.Effects;

/// <summary>What an expression of Python may give as text, whatever the branches taken: the names that functions write are made this way.</summary>
internal static class TextEvaluation
{
    public static TextSet Of(Node node, IReadOnlyDictionary<string, TextSet> names) => node switch
    {
        Constant { Value: string text } => TextSet.Of(text.Replace("*", "", StringComparison.Ordinal)),
        NameNode name => names.GetValueOrDefault(name.Name, TextSet.Anything),
        BinaryNode { Operator: "+" } sum => Sum(Of(sum.Left, names), Of(sum.Right, names)),
        BinaryNode { Operator: "%", Left: Constant { Value: string format } } percent => Percent(format, percent.Right, names),
        FormattedText text => text.Parts.Select(p => Of(p, names)).Aggregate(TextSet.Of(""), (left, right) => left.Then(right)),
        FormattedField { Format: null, Conversion: null } field => Of(field.Value, names),
        ConditionalNode choice => Of(choice.WhenTrue, names).Or(Of(choice.WhenFalse, names)),
        JunctionNode { IsAnd: false, Right: Constant { Value: "" } } fallback => Of(fallback.Left, names),
        JunctionNode junction => Of(junction.Left, names).Or(Of(junction.Right, names)),
        TupleNode tuple => TextSet.Sequence(tuple.Items.Select(i => Of(i, names))),
        ListNode list => TextSet.Sequence(list.Items.Select(i => Of(i, names))),
        SetNode set => TextSet.Sequence(set.Items.Select(i => Of(i, names))),
        ComprehensionNode { Kind: not ComprehensionKind.Dict } comprehension => Comprehension(comprehension, names),
        CallNode { Function: AttributeNode method } call => Call(call, method, names),
        CallNode { Function: NameNode { Name: "set" or "list" or "sorted" or "tuple" or "reversed" }, Arguments: [{ Value: var inner }, ..] } => Of(inner, names),
        _ => TextSet.Anything,
    };

    private static TextSet Sum(TextSet left, TextSet right) => left.Then(right) with { Items = left.Items.Union(right.Items) };

    private static TextSet Comprehension(ComprehensionNode node, IReadOnlyDictionary<string, TextSet> names)
    {
        var inner = new Dictionary<string, TextSet>(names, StringComparer.Ordinal);
        foreach (var clause in node.Clauses)
            if (clause.Target is NameNode target) inner[target.Name] = Of(clause.Source, inner).Item;
        return TextSet.Sequence([Of(node.Element, inner)]);
    }

    private static TextSet Call(CallNode call, AttributeNode method, IReadOnlyDictionary<string, TextSet> names)
    {
        var first = call.Arguments is [{ Value: var argument }, ..] ? argument : null;
        switch (method.Name)
        {
            case "getVar" when first is Constant { Value: string name }: return TextSet.Of($"${{{name}}}");
            case "expand" when first is not null && method.Target is NameNode { Name: "d" }: return Of(first, names);
            case "split" when first is null: return Of(method.Target, names).Words();
            case "format" when method.Target is Constant { Value: string format }: return TextSet.Of(Fields(format));
            case "replace" or "lower" or "upper" or "strip": return Of(method.Target, names).Texts.Any(t => t.Contains('$', StringComparison.Ordinal)) ? TextSet.Anything : Loose(Of(method.Target, names));
            case "union" when first is not null: return Of(method.Target, names).Or(Of(first, names));
            default: return TextSet.Anything;
        }
    }

    /// <summary>The text before the first letter that a method might change is not known to stay, but what it begins with mostly does.</summary>
    private static TextSet Loose(TextSet set) => new([.. set.Texts.Select(t => t.Contains('*', StringComparison.Ordinal) ? t : "*")], ["*"]);

    private static TextSet Percent(string format, Node right, IReadOnlyDictionary<string, TextSet> names)
    {
        var values = right is TupleNode tuple ? tuple.Items.Select(i => Of(i, names)).ToList() : [Of(right, names)];
        var pieces = format.Split("%s");
        if (pieces.Length != values.Count + 1 || pieces.Any(p => p.Contains('%', StringComparison.Ordinal))) return TextSet.Anything;
        return values.Select((value, i) => value.Then(TextSet.Of(pieces[i + 1]))).Aggregate(TextSet.Of(pieces[0]), (left, next) => left.Then(next));
    }

    /// <summary>A format's text with each field as anything.</summary>
    private static string Fields(string format)
    {
        var text = format;
        for (var open = text.IndexOf('{', StringComparison.Ordinal); open >= 0; open = text.IndexOf('{', StringComparison.Ordinal))
        {
            var close = text.IndexOf('}', open);
            if (close < 0) return "*";
            text = text[..open] + "*" + text[(close + 1)..];
        }
        return text;
    }
}
