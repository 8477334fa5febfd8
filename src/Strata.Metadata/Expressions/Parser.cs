using System.Collections.Immutable;

namespace Strata.Metadata.Expressions;

/// <summary>Recursive descent over Python's grammar for expressions; the statements are in the other part.</summary>
internal sealed partial class Parser
{
    private static readonly string[][] s_binary =
        [["|"], ["^"], ["&"], ["<<", ">>"], ["+", "-"], ["*", "/", "//", "%", "@"]];

    private static readonly ImmutableHashSet<string> s_keywords = ImmutableHashSet.Create(
        StringComparer.Ordinal,
        "and", "as", "assert", "async", "await", "break", "class", "continue", "def", "del", "elif", "else", "except", "finally", "for", "from",
        "global", "if", "import", "in", "is", "lambda", "nonlocal", "not", "or", "pass", "raise", "return", "try", "while", "with", "yield");

    private readonly string _text;
    private readonly List<Token> _tokens;
    private int _at;

    /// <summary>Reads the part of the text from <paramref name="start"/> to <paramref name="end"/>; offsets count from the text's start.</summary>
    private Parser(string text, int start, int end, bool statements)
    {
        _text = text;
        _tokens = new Lexer(text.AsSpan(0, end), start, statements).Run();
    }

    /// <summary>The whole text as one expression, as Python's <c>eval</c> takes it.</summary>
    public static Node Expression(string text)
    {
        var start = text.Length - text.AsSpan().TrimStart(" \t\n\r\f").Length;
        return new Parser(text, start, text.Length, statements: false).Whole();
    }

    private Node Whole()
    {
        var node = Tuple(allowStar: false);
        while (Current.Kind is TokenKind.NewLine) _at++;
        return Current.Kind is TokenKind.End ? node : throw Unexpected();
    }

    private Token Current => _tokens[_at];

    private ReadOnlySpan<char> CurrentText => _text.AsSpan(Current.Start, Current.Length);

    private bool Is(string word) =>
        Current.Kind is TokenKind.Operator or TokenKind.Name && CurrentText.SequenceEqual(word);

    private bool NextIs(string word) =>
        _at + 1 < _tokens.Count && _tokens[_at + 1] is { Kind: TokenKind.Operator or TokenKind.Name } next
        && _text.AsSpan(next.Start, next.Length).SequenceEqual(word);

    private bool Take(string word)
    {
        if (!Is(word)) return false;
        _at++;
        return true;
    }

    /// <summary>In characters; no module or function is called more.</summary>
    private const int LongestPath = 200;

    private void Expect(string word)
    {
        if (!Take(word)) throw Fail.Syntax($"expected '{word}'", Current.Start);
    }

    private ExpressionException Unexpected() => Current.Kind switch
    {
        TokenKind.End or TokenKind.NewLine => Fail.Syntax("the expression ends too early", Current.Start),
        TokenKind.Indent => new ExpressionException("IndentationError", "unexpected indent", Current.Start),
        _ => Fail.Syntax($"invalid syntax at '{CurrentText}'", Current.Start),
    };

    private string Identifier()
    {
        if (Current.Kind is not TokenKind.Name) throw Unexpected();
        var name = CurrentText.ToString();
        if (s_keywords.Contains(name) || name is "None" or "True" or "False") throw Unexpected();
        _at++;
        return name;
    }

    /// <summary>One expression, or several with commas between: a tuple without parentheses.</summary>
    private Node Tuple(bool allowStar)
    {
        var start = Current.Start;
        var first = Element(allowStar, walrus: false);
        if (!Is(",")) return first is StarredNode ? throw Fail.Syntax("can't use starred expression here", start) : first;
        var items = ImmutableArray.CreateBuilder<Node>();
        items.Add(first);
        while (Take(",") && !AtEndOfTuple()) items.Add(Element(allowStar, walrus: false));
        return new TupleNode(start, items.ToImmutable());
    }

    private bool AtEndOfTuple() =>
        Current.Kind is TokenKind.End or TokenKind.NewLine || Is(")") || Is("]") || Is("}") || Is("=") || Is(":") || Is(";") || Is("in");

    private Node Element(bool allowStar, bool walrus)
    {
        if (!allowStar || !Is("*")) return walrus ? Named() : Full();
        var start = Current.Start;
        _at++;
        return new StarredNode(start, Binary(0));
    }

    private Node Named()
    {
        if (Current.Kind is not TokenKind.Name || !NextIs(":=")) return Full();
        var start = Current.Start;
        var name = Identifier();
        Expect(":=");
        return new NamedNode(start, name, Full());
    }

    /// <summary>A conditional expression, a lambda, or anything below them.</summary>
    private Node Full()
    {
        Fail.IfTooDeep(Current.Start);
        var start = Current.Start;
        if (Take("lambda"))
        {
            var parameters = Parameters(":");
            Expect(":");
            return new LambdaNode(start, parameters, Full());
        }
        if (Is("yield")) return Yield();
        var value = Or();
        if (!Take("if")) return value;
        var condition = Or();
        Expect("else");
        return new ConditionalNode(start, condition, value, Full());
    }

    private YieldNode Yield()
    {
        var start = Current.Start;
        _at++;
        _sawYield = true;
        if (Take("from")) return new(start, Full(), IsFrom: true);
        var hasValue = Current.Kind is not (TokenKind.End or TokenKind.NewLine) && !AtEndOfTuple();
        return new(start, hasValue ? Tuple(allowStar: true) : null, IsFrom: false);
    }

    private UnsupportedNode Refused()
    {
        var node = new UnsupportedNode(Current.Start, $"'{CurrentText}'");
        _at++;
        _ = Primary();
        return node;
    }

    private Node Or()
    {
        var start = Current.Start;
        var left = And();
        while (Take("or")) left = new JunctionNode(start, false, left, And());
        return left;
    }

    private Node And()
    {
        var start = Current.Start;
        var left = Not();
        while (Take("and")) left = new JunctionNode(start, true, left, Not());
        return left;
    }

    private Node Not()
    {
        var start = Current.Start;
        Fail.IfTooDeep(start);
        return Take("not") ? new UnaryNode(start, "not", Not()) : Comparison();
    }

    private Node Comparison()
    {
        var start = Current.Start;
        var first = Binary(0);
        if (ComparisonOperator() is not { } name) return first;
        var rest = ImmutableArray.CreateBuilder<(string, Node)>();
        do rest.Add((name, Binary(0)));
        while ((name = ComparisonOperator()) is not null);
        return new ComparisonNode(start, first, rest.ToImmutable());
    }

    private string? ComparisonOperator()
    {
        if (Is("not") && NextIs("in"))
        {
            _at += 2;
            return "not in";
        }
        if (Take("is")) return Take("not") ? "is not" : "is";
        foreach (var name in (ReadOnlySpan<string>)["==", "!=", "<=", ">=", "<", ">", "in"])
            if (Take(name)) return name;
        return null;
    }

    private Node Binary(int level)
    {
        if (level == s_binary.Length) return Unary();
        var left = Binary(level + 1);
        for (var found = true; found;)
        {
            found = false;
            foreach (var name in s_binary[level])
            {
                var place = Current.Start;
                if (!Take(name)) continue;
                left = new BinaryNode(place, name, left, Binary(level + 1));
                found = true;
                break;
            }
        }
        return left;
    }

    private Node Unary()
    {
        var start = Current.Start;
        Fail.IfTooDeep(start);
        foreach (var name in (ReadOnlySpan<string>)["-", "+", "~"])
            if (Take(name)) return new UnaryNode(start, name, Unary());

        var value = Primary();
        var place = Current.Start;
        return Take("**") ? new BinaryNode(place, "**", value, Unary()) : value;
    }

    private Node Primary()
    {
        if (Is("await")) return Refused();
        var node = Atom();
        while (true)
        {
            var place = Current.Start;
            if (Take(".")) node = Attribute(place, node);
            else if (Take("(")) node = new CallNode(place, node, Arguments());
            else if (Take("[")) node = Subscript(place, node);
            else return node;
        }
    }

    private AttributeNode Attribute(int place, Node target)
    {
        var name = Identifier();
        var path = target switch
        {
            NameNode root => $"{root.Name}.{name}",
            AttributeNode { Path: { Length: < LongestPath } known } => $"{known}.{name}",
            _ => null,
        };
        return new(place, target, name, path);
    }

    private SubscriptNode Subscript(int place, Node target)
    {
        var first = Slice();
        if (!Is(","))
        {
            Expect("]");
            return new(place, target, first);
        }
        var items = ImmutableArray.CreateBuilder<Node>();
        items.Add(first);
        while (Take(",") && !Is("]")) items.Add(Slice());
        Expect("]");
        return new(place, target, new TupleNode(first.Offset, items.ToImmutable()));
    }

    private Node Slice()
    {
        var start = Current.Start;
        var first = Is(":") ? null : Named();
        if (!Take(":")) return first!;
        var stop = Is(":") || Is("]") || Is(",") ? null : Full();
        var step = Take(":") && !Is("]") && !Is(",") ? Full() : null;
        return new SliceNode(start, first, stop, step);
    }
}
