using System.Collections.Immutable;

namespace Strata.Metadata.Expressions;

/// <summary>A statement of a metadata function. The family is closed: every kind is in this file.</summary>
internal abstract record Statement(int Offset);

internal sealed record ExpressionStatement(int Offset, Node Value) : Statement(Offset);

internal sealed record AssignStatement(int Offset, ImmutableArray<Node> Targets, Node Value) : Statement(Offset);

internal sealed record AugmentedStatement(int Offset, Node Target, string Operator, Node Value) : Statement(Offset);

internal sealed record IfStatement(int Offset, Node Condition, ImmutableArray<Statement> Then, ImmutableArray<Statement> Else) : Statement(Offset);

internal sealed record WhileStatement(int Offset, Node Condition, ImmutableArray<Statement> Body, ImmutableArray<Statement> Else) : Statement(Offset);

internal sealed record ForStatement(int Offset, Node Target, Node Source, ImmutableArray<Statement> Body, ImmutableArray<Statement> Else)
    : Statement(Offset);

internal sealed record BreakStatement(int Offset) : Statement(Offset);

internal sealed record ContinueStatement(int Offset) : Statement(Offset);

internal sealed record PassStatement(int Offset) : Statement(Offset);

internal sealed record ReturnStatement(int Offset, Node? Value) : Statement(Offset);

internal sealed record RaiseStatement(int Offset, Node? Exception) : Statement(Offset);

internal sealed record AssertStatement(int Offset, Node Condition, Node? Message) : Statement(Offset);

internal sealed record DeleteStatement(int Offset, ImmutableArray<Node> Targets) : Statement(Offset);

internal sealed record TryStatement(
    int Offset, ImmutableArray<Statement> Body, ImmutableArray<ExceptClause> Handlers, ImmutableArray<Statement> Else, ImmutableArray<Statement> Finally)
    : Statement(Offset);

internal sealed record ExceptClause(Node? Kinds, string? Name, ImmutableArray<Statement> Body);

/// <summary>An import binds names to modules or their members; the dotted path says which.</summary>
internal sealed record ImportStatement(int Offset, ImmutableArray<(string Path, string Name)> Names) : Statement(Offset);

internal sealed record DefStatement(int Offset, string Name, FunctionCode Code) : Statement(Offset);

/// <summary>Valid Python that is refused when it is reached. The body is there for those who only read it.</summary>
internal sealed record UnsupportedStatement(int Offset, string Construct, ImmutableArray<Statement> Body) : Statement(Offset);
