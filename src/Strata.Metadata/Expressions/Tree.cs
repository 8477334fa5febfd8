namespace Strata.Metadata.Expressions;

/// <summary>What lies directly below a node or statement, in the order of the text.</summary>
internal static class Tree
{
    public static IEnumerable<Node> Children(Node node) => node switch
    {
        Constant or NameNode or UnsupportedNode => [],
        FormattedText text => text.Parts,
        FormattedField field => field.Format is null ? [field.Value] : [field.Value, field.Format],
        AttributeNode attribute => [attribute.Target],
        SubscriptNode subscript => [subscript.Target, subscript.Index],
        SliceNode slice => new[] { slice.Start, slice.Stop, slice.Step }.OfType<Node>(),
        CallNode call => call.Arguments.Select(a => a.Value).Prepend(call.Function),
        UnaryNode unary => [unary.Operand],
        BinaryNode binary => [binary.Left, binary.Right],
        ComparisonNode comparison => comparison.Rest.Select(r => r.Operand).Prepend(comparison.First),
        JunctionNode junction => [junction.Left, junction.Right],
        ConditionalNode conditional => [conditional.WhenTrue, conditional.Condition, conditional.WhenFalse],
        LambdaNode lambda => lambda.Parameters.Select(p => p.Default).OfType<Node>().Append(lambda.Body),
        YieldNode yield => yield.Value is null ? [] : [yield.Value],
        NamedNode named => [named.Value],
        StarredNode starred => [starred.Value],
        TupleNode tuple => tuple.Items,
        ListNode list => list.Items,
        SetNode set => set.Items,
        DictNode dict => dict.Items.SelectMany(i => i.Key is null ? [i.Value] : new[] { i.Key, i.Value }),
        ComprehensionNode comprehension =>
            comprehension.Clauses.SelectMany(c => c.Conditions.Prepend(c.Source).Prepend(c.Target))
                .Concat(new[] { comprehension.Element, comprehension.Value }.OfType<Node>()),
        _ => throw new NotSupportedException(node.GetType().Name),
    };

    public static IEnumerable<Node> Nodes(Statement statement) => statement switch
    {
        ExpressionStatement expression => [expression.Value],
        AssignStatement assign => assign.Targets.Append(assign.Value),
        AugmentedStatement augmented => [augmented.Target, augmented.Value],
        IfStatement choice => [choice.Condition],
        WhileStatement loop => [loop.Condition],
        ForStatement loop => [loop.Target, loop.Source],
        ReturnStatement { Value: { } value } => [value],
        RaiseStatement { Exception: { } exception } => [exception],
        AssertStatement assert => assert.Message is null ? [assert.Condition] : [assert.Condition, assert.Message],
        DeleteStatement delete => delete.Targets,
        TryStatement attempt => attempt.Handlers.Select(h => h.Kinds).OfType<Node>(),
        _ => [],
    };

    /// <summary>The statements of all blocks of a statement; not those of a nested function.</summary>
    public static IEnumerable<Statement> Blocks(Statement statement) => statement switch
    {
        IfStatement choice => choice.Then.Concat(choice.Else),
        WhileStatement loop => loop.Body.Concat(loop.Else),
        ForStatement loop => loop.Body.Concat(loop.Else),
        TryStatement attempt => attempt.Body.Concat(attempt.Handlers.SelectMany(h => h.Body)).Concat(attempt.Else).Concat(attempt.Finally),
        _ => [],
    };
}
