using System.Collections.Immutable;

namespace Strata.Metadata.Expressions;

/// <summary>Atoms, displays, comprehensions, arguments and parameters.</summary>
internal sealed partial class Parser
{
    private Node Atom()
    {
        var token = Current;
        switch (token.Kind)
        {
            case TokenKind.Number:
                _at++;
                return new Constant(token.Start, Numbers.ParseLiteral(_text.AsSpan(token.Start, token.Length), token.Start));
            case TokenKind.Text:
                return Text();
            case TokenKind.Name:
                return NameOrConstant();
            case TokenKind.Operator when Take("("):
                return Parenthesised(token.Start);
            case TokenKind.Operator when Take("["):
                return List(token.Start);
            case TokenKind.Operator when Take("{"):
                return DictOrSet(token.Start);
            case TokenKind.Operator when Take("..."):
                return new UnsupportedNode(token.Start, "'...'");
            default:
                throw Unexpected();
        }
    }

    private Node NameOrConstant()
    {
        var start = Current.Start;
        if (Take("None")) return new Constant(start, None.Value);
        if (Take("True")) return new Constant(start, true);
        if (Take("False")) return new Constant(start, false);
        return new NameNode(start, Identifier());
    }

    /// <summary>Neighbouring literals are one.</summary>
    private Node Text()
    {
        var start = Current.Start;
        var parts = ImmutableArray.CreateBuilder<Node>();
        for (; Current.Kind is TokenKind.Text; _at++) TextLiterals.Read(_text, Current, parts, Field);
        if (parts.Any(p => p is Constant { Value: BytesValue }))
        {
            if (!parts.All(p => p is Constant { Value: BytesValue })) throw Fail.Syntax("cannot mix bytes and nonbytes literals", start);
            return new Constant(start, new BytesValue([.. parts.SelectMany(p => ((BytesValue)((Constant)p).Value).Bytes)]));
        }
        if (parts.All(p => p is Constant)) return new Constant(start, string.Concat(parts.Select(p => (string)((Constant)p).Value)));
        return new FormattedText(start, parts.ToImmutable());
    }

    /// <summary>The expression of a replacement field.</summary>
    private static Node Field(string text, int start, int end)
    {
        if (text.AsSpan(start, end - start).Trim().IsEmpty) throw Fail.Syntax("f-string: valid expression required before '}'", start);

        // A field may go over several lines, as if it stood in parentheses.
        var parser = new Parser(text[..end].Replace('\n', ' '), start, end, statements: false);
        return parser.Whole();
    }

    private Node Parenthesised(int start)
    {
        if (Take(")")) return new TupleNode(start, []);
        if (Is("yield"))
        {
            var refused = Refused();
            Expect(")");
            return refused;
        }
        var first = Element(allowStar: true, walrus: true);
        if (Is("for") || Is("async"))
        {
            var clauses = Clauses();
            Expect(")");
            return new ComprehensionNode(start, ComprehensionKind.Generator, first, null, clauses);
        }
        if (Take(")")) return first is StarredNode ? throw Fail.Syntax("cannot use starred expression here", start) : first;
        var items = Items(first, ")");
        return new TupleNode(start, items);
    }

    private Node List(int start)
    {
        if (Take("]")) return new ListNode(start, []);
        var first = Element(allowStar: true, walrus: true);
        if (!Is("for") && !Is("async")) return new ListNode(start, Items(first, "]"));
        var clauses = Clauses();
        Expect("]");
        return new ComprehensionNode(start, ComprehensionKind.List, first, null, clauses);
    }

    private ImmutableArray<Node> Items(Node first, string closing)
    {
        var items = ImmutableArray.CreateBuilder<Node>();
        items.Add(first);
        while (Take(",") && !Is(closing)) items.Add(Element(allowStar: true, walrus: true));
        Expect(closing);
        return items.ToImmutable();
    }

    private Node DictOrSet(int start)
    {
        if (Take("}")) return new DictNode(start, []);
        if (Is("**")) return Dict(start, DictItem());
        var first = Element(allowStar: true, walrus: true);
        if (Take(":")) return Dict(start, (first, Full()));
        if (!Is("for") && !Is("async")) return new SetNode(start, Items(first, "}"));
        var clauses = Clauses();
        Expect("}");
        return new ComprehensionNode(start, ComprehensionKind.Set, first, null, clauses);
    }

    private Node Dict(int start, (Node? Key, Node Value) first)
    {
        if (Is("for") || Is("async"))
        {
            if (first.Key is null) throw Fail.Syntax("dict unpacking cannot be used in dict comprehension", start);
            var clauses = Clauses();
            Expect("}");
            return new ComprehensionNode(start, ComprehensionKind.Dict, first.Key, first.Value, clauses);
        }
        var items = ImmutableArray.CreateBuilder<(Node?, Node)>();
        items.Add(first);
        while (Take(",") && !Is("}")) items.Add(DictItem());
        Expect("}");
        return new DictNode(start, items.ToImmutable());
    }

    private (Node? Key, Node Value) DictItem()
    {
        if (Take("**")) return (null, Binary(0));
        var key = Full();
        Expect(":");
        return (key, Full());
    }

    private ImmutableArray<ForClause> Clauses()
    {
        var clauses = ImmutableArray.CreateBuilder<ForClause>();
        while (true)
        {
            if (Is("async")) throw Fail.Unsupported("'async'");
            if (!Take("for")) return clauses.ToImmutable();
            var target = Target();
            Expect("in");
            var source = Or();
            var conditions = ImmutableArray.CreateBuilder<Node>();
            while (Take("if")) conditions.Add(Current.Kind is TokenKind.Name && NextIs(":=") ? Named() : Or());
            clauses.Add(new(target, source, conditions.ToImmutable()));
        }
    }

    /// <summary>What a loop or comprehension assigns to.</summary>
    private Node Target()
    {
        var start = Current.Start;
        var first = TargetItem();
        if (!Is(",")) return first;
        var items = ImmutableArray.CreateBuilder<Node>();
        items.Add(first);
        while (Take(",") && !Is("in")) items.Add(TargetItem());
        return new TupleNode(start, items.ToImmutable());
    }

    private Node TargetItem()
    {
        var start = Current.Start;
        return Assignable(Take("*") ? new StarredNode(start, Primary()) : Primary());
    }

    private static Node Assignable(Node node) => node switch
    {
        NameNode or AttributeNode or SubscriptNode => node,
        StarredNode starred => starred with { Value = Assignable(starred.Value) },
        TupleNode tuple => tuple with { Items = [.. tuple.Items.Select(Assignable)] },
        ListNode list => new TupleNode(list.Offset, [.. list.Items.Select(Assignable)]),
        _ => throw Fail.Syntax("cannot assign to this", node.Offset),
    };

    private ImmutableArray<Argument> Arguments()
    {
        var arguments = ImmutableArray.CreateBuilder<Argument>();
        var named = false;
        while (!Take(")"))
        {
            var start = Current.Start;
            if (Is("*") && arguments.Any(a => a.Name == "**")) throw Fail.Syntax("iterable argument unpacking follows keyword argument unpacking", start);
            if (Take("*")) arguments.Add(new(Full(), null, Spread: true));
            else if (Take("**")) arguments.Add(new(Full(), "**", Spread: true));
            else if (Current.Kind is TokenKind.Name && NextIs("="))
            {
                var name = Identifier();
                Expect("=");
                if (arguments.Any(a => !a.Spread && a.Name == name)) throw Fail.Syntax($"keyword argument repeated: {name}", start);
                arguments.Add(new(Full(), name, Spread: false));
                named = true;
            }
            else
            {
                if (named) throw Fail.Syntax("positional argument follows keyword argument", start);
                arguments.Add(new(Generator(start, alone: arguments.Count == 0), null, Spread: false));
            }
            if (!Is(")")) Expect(",");
        }
        return arguments.ToImmutable();
    }

    /// <summary>A generator needs no parentheses of its own where it is the only argument.</summary>
    private Node Generator(int start, bool alone)
    {
        var value = Named();
        if (!Is("for") && !Is("async")) return value;
        var node = new ComprehensionNode(start, ComprehensionKind.Generator, value, null, Clauses());
        return alone && Is(")") ? node : throw Fail.Syntax("Generator expression must be parenthesized", start);
    }

    private ImmutableArray<Parameter> Parameters(string closing)
    {
        var parameters = ImmutableArray.CreateBuilder<Parameter>();
        var kind = ParameterKind.Normal;
        while (!Is(closing))
        {
            var start = Current.Start;
            if (Take("**")) parameters.Add(new(Identifier(), null, ParameterKind.NamedRest));
            else if (Take("*"))
            {
                kind = ParameterKind.NamedOnly;
                if (!Is(",")) parameters.Add(new(Identifier(), null, ParameterKind.Rest));
            }
            else if (!Take("/"))
            {
                var name = Identifier();
                if (closing == ")" && Take(":")) _ = Full();
                var value = Take("=") ? Full() : null;
                if (value is null && kind is ParameterKind.Normal && parameters.Count > 0 && parameters[^1] is { Default: not null })
                    throw Fail.Syntax("parameter without a default follows parameter with a default", start);
                parameters.Add(new(name, value, kind));
            }
            if (!Is(closing)) Expect(",");
        }
        return parameters.ToImmutable();
    }
}
