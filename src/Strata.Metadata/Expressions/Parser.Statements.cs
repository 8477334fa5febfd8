using System.Collections.Immutable;

namespace Strata.Metadata.Expressions;

/// <summary>The statements of metadata functions.</summary>
internal sealed partial class Parser
{
    private bool _sawYield;

    /// <summary>A metadata function. Offsets count from the start of its body.</summary>
    public static FunctionCode Function(PythonFunction function)
    {
        var parameters = new Parser(function.Parameters + ")", 0, function.Parameters.Length, statements: false).ParametersToEnd();
        var parser = new Parser(function.Body, 0, function.Body.Length, statements: true);
        var body = parser.Block();
        return parser.Current.Kind is TokenKind.End
            ? new(function.Name, parameters, body, BoundNames.Of(parameters, body), parser._sawYield)
            : throw parser.Unexpected();
    }

    /// <summary>A file of a library: statements without indentation.</summary>
    public static ImmutableArray<Statement> Module(string text)
    {
        var parser = new Parser(text, 0, text.Length, statements: true);
        var statements = ImmutableArray.CreateBuilder<Statement>();
        while (parser.Current.Kind is not TokenKind.End) parser.Line(statements);
        return statements.ToImmutable();
    }

    private ImmutableArray<Parameter> ParametersToEnd()
    {
        _tokens[^1] = new(TokenKind.Operator, _tokens[^1].Start, 1);
        _tokens.Add(new(TokenKind.End, _tokens[^1].End, 0));
        return Parameters(")");
    }

    private ImmutableArray<Statement> Block()
    {
        if (Current.Kind is not TokenKind.Indent) throw new ExpressionException("IndentationError", "expected an indented block", Current.Start);
        _at++;
        var statements = ImmutableArray.CreateBuilder<Statement>();
        while (Current.Kind is not (TokenKind.Dedent or TokenKind.End)) Line(statements);
        if (Current.Kind is TokenKind.Dedent) _at++;
        return statements.ToImmutable();
    }

    /// <summary>What follows a colon: the rest of the line, or an indented block.</summary>
    private ImmutableArray<Statement> Suite()
    {
        Expect(":");
        if (Current.Kind is TokenKind.NewLine)
        {
            _at++;
            return Block();
        }
        var statements = ImmutableArray.CreateBuilder<Statement>();
        SimpleLine(statements);
        return statements.ToImmutable();
    }

    private void Line(ImmutableArray<Statement>.Builder statements)
    {
        if (Compound() is { } compound) statements.Add(compound);
        else SimpleLine(statements);
    }

    private void SimpleLine(ImmutableArray<Statement>.Builder statements)
    {
        do statements.Add(Simple());
        while (Take(";") && Current.Kind is not TokenKind.NewLine);
        if (Current.Kind is TokenKind.NewLine) _at++;
        else if (Current.Kind is not TokenKind.End) throw Unexpected();
    }

    private Statement? Compound()
    {
        var start = Current.Start;
        Fail.IfTooDeep(start);
        if (Current.Kind is not (TokenKind.Name or TokenKind.Operator)) return null;
        if (Take("if")) return If(start);
        if (Take("while"))
        {
            var condition = Named();
            return new WhileStatement(start, condition, Suite(), Take("else") ? Suite() : []);
        }
        if (Take("for"))
        {
            var target = Target();
            Expect("in");
            var source = Tuple(allowStar: true);
            return new ForStatement(start, target, source, Suite(), Take("else") ? Suite() : []);
        }
        if (Take("try")) return Try(start);
        if (Take("def")) return Def(start);
        return Is("with") || Is("class") || Is("async") || Is("@") ? RefusedBlock(start) : null;
    }

    private IfStatement If(int start)
    {
        Fail.IfTooDeep(start);
        var condition = Named();
        var then = Suite();
        var place = Current.Start;
        if (Take("elif")) return new(start, condition, then, [If(place)]);
        return new(start, condition, then, Take("else") ? Suite() : []);
    }

    private TryStatement Try(int start)
    {
        var body = Suite();
        var handlers = ImmutableArray.CreateBuilder<ExceptClause>();
        while (Take("except"))
        {
            var kinds = Is(":") ? null : Tuple(allowStar: false);
            var name = Take("as") ? Identifier() : null;
            handlers.Add(new(kinds, name, Suite()));
        }
        var otherwise = Take("else") ? Suite() : [];
        var final = Take("finally") ? Suite() : [];
        if (handlers.Count == 0 && final.IsEmpty) throw Fail.Syntax("expected 'except' or 'finally' block", Current.Start);
        return new(start, body, handlers.ToImmutable(), otherwise, final);
    }

    private DefStatement Def(int start)
    {
        var name = Identifier();
        Expect("(");
        var parameters = Parameters(")");
        Expect(")");
        if (Take("->")) _ = Full();
        var outer = _sawYield;
        _sawYield = false;
        var body = Suite();
        var code = new FunctionCode(name, parameters, body, BoundNames.Of(parameters, body), _sawYield);
        _sawYield = outer;
        return new(start, name, code);
    }

    /// <summary>Skips a statement with its block; it is an error only if it is reached.</summary>
    private Statement RefusedBlock(int start)
    {
        var construct = Is("@") ? "a decorator" : $"'{CurrentText}'";
        var onlyNamesDependencies = _text.AsSpan(start).StartsWith("@bb.parse.vardep");
        while (Current.Kind is not (TokenKind.NewLine or TokenKind.End)) _at++;
        if (Current.Kind is TokenKind.NewLine) _at++;
        if (onlyNamesDependencies && Compound() is { } function) return function;
        if (construct == "a decorator" && Compound() is { } decorated) return new UnsupportedStatement(start, construct, [decorated]);
        return new UnsupportedStatement(start, construct, Current.Kind is TokenKind.Indent ? Block() : []);
    }

    private Statement Simple()
    {
        var start = Current.Start;
        if (Take("pass")) return new PassStatement(start);
        if (Take("break")) return new BreakStatement(start);
        if (Take("continue")) return new ContinueStatement(start);
        if (Take("return")) return new ReturnStatement(start, AtEndOfLine ? null : Tuple(allowStar: true));
        if (Take("raise"))
        {
            var exception = AtEndOfLine ? null : Full();
            if (Take("from")) _ = Full();
            return new RaiseStatement(start, exception);
        }
        if (Take("assert")) return new AssertStatement(start, Full(), Take(",") ? Full() : null);
        if (Take("del")) return Delete(start);
        if (Take("import")) return Import(start);
        if (Take("from")) return ImportFrom(start);
        if (Is("global") || Is("nonlocal"))
        {
            var statement = new UnsupportedStatement(start, $"'{CurrentText}'", []);
            while (!AtEndOfLine) _at++;
            return statement;
        }
        return ExpressionOrAssignment(start);
    }

    private DeleteStatement Delete(int start)
    {
        var target = Assignable(Tuple(allowStar: false));
        return new(start, target is TupleNode many ? many.Items : [target]);
    }

    private bool AtEndOfLine => Current.Kind is TokenKind.NewLine or TokenKind.End || Is(";");

    private Statement ExpressionOrAssignment(int start)
    {
        var value = Tuple(allowStar: true);
        if (Is("="))
        {
            var targets = ImmutableArray.CreateBuilder<Node>();
            while (Take("="))
            {
                targets.Add(Assignable(value));
                value = Tuple(allowStar: true);
            }
            return new AssignStatement(start, targets.ToImmutable(), value);
        }
        if (Take(":"))
        {
            _ = Full();
            return Take("=") ? new AssignStatement(start, [Assignable(value)], Tuple(allowStar: true)) : new PassStatement(start);
        }
        if (Current.Kind is TokenKind.Operator && CurrentText is [.., '='] && CurrentText is not ("==" or "!=" or "<=" or ">=" or ":="))
        {
            var name = CurrentText[..^1].ToString();
            _at++;
            return Assignable(value) is TupleNode
                ? throw Fail.Syntax("illegal expression for augmented assignment", start)
                : new AugmentedStatement(start, value, name, Tuple(allowStar: true));
        }
        return new ExpressionStatement(start, value);
    }

    private ImportStatement Import(int start)
    {
        var names = ImmutableArray.CreateBuilder<(string, string)>();
        do
        {
            var path = DottedName();

            // 'import a.b' binds a; 'import a.b as c' binds c to a.b.
            names.Add(Take("as") ? (path, Identifier()) : (path.Split('.')[0], path.Split('.')[0]));
        }
        while (Take(","));
        return new(start, names.ToImmutable());
    }

    private Statement ImportFrom(int start)
    {
        if (Current.Kind is TokenKind.Operator)
        {
            while (!AtEndOfLine) _at++;
            return new UnsupportedStatement(start, "a relative import", []);
        }
        var module = DottedName();
        Expect("import");
        if (Take("*")) return new UnsupportedStatement(start, "'import *'", []);
        var parenthesised = Take("(");
        var names = ImmutableArray.CreateBuilder<(string, string)>();
        do
        {
            if (Is(")")) break;
            var name = Identifier();
            names.Add(($"{module}.{name}", Take("as") ? Identifier() : name));
        }
        while (Take(","));
        if (parenthesised) Expect(")");
        return new ImportStatement(start, names.ToImmutable());
    }

    private string DottedName()
    {
        var name = Identifier();
        while (Take(".")) name = $"{name}.{Identifier()}";
        return name;
    }
}
