using System.Collections.Immutable;

namespace Strata.Metadata.Expressions;

/// <summary>An expression as parsed. The family is closed: every kind is in this file.</summary>
internal abstract record Node(int Offset);

internal sealed record Constant(int Offset, object Value) : Node(Offset);

/// <summary>An f-string: its pieces are constants and fields, joined as text.</summary>
internal sealed record FormattedText(int Offset, ImmutableArray<Node> Parts) : Node(Offset);

/// <summary>A field of an f-string. <paramref name="Conversion"/> is <c>r</c>, <c>s</c>, <c>a</c> or nothing.</summary>
internal sealed record FormattedField(int Offset, Node Value, char? Conversion, Node? Format) : Node(Offset);

internal sealed record NameNode(int Offset, string Name) : Node(Offset);

/// <summary><paramref name="Path"/> is the dotted text if the target is a plain name or a path itself.</summary>
internal sealed record AttributeNode(int Offset, Node Target, string Name, string? Path) : Node(Offset);

internal sealed record SubscriptNode(int Offset, Node Target, Node Index) : Node(Offset);

internal sealed record SliceNode(int Offset, Node? Start, Node? Stop, Node? Step) : Node(Offset);

internal sealed record CallNode(int Offset, Node Function, ImmutableArray<Argument> Arguments) : Node(Offset);

/// <summary>An argument: positional, named, or one of those spread (<c>*</c> when unnamed, <c>**</c> when named "**").</summary>
internal sealed record Argument(Node Value, string? Name, bool Spread);

internal sealed record UnaryNode(int Offset, string Operator, Node Operand) : Node(Offset);

internal sealed record BinaryNode(int Offset, string Operator, Node Left, Node Right) : Node(Offset);

internal sealed record ComparisonNode(int Offset, Node First, ImmutableArray<(string Operator, Node Operand)> Rest) : Node(Offset);

/// <summary><c>and</c> or <c>or</c>.</summary>
internal sealed record JunctionNode(int Offset, bool IsAnd, Node Left, Node Right) : Node(Offset);

internal sealed record ConditionalNode(int Offset, Node Condition, Node WhenTrue, Node WhenFalse) : Node(Offset);

internal sealed record LambdaNode(int Offset, ImmutableArray<Parameter> Parameters, Node Body) : Node(Offset);

internal sealed record NamedNode(int Offset, string Name, Node Value) : Node(Offset);

internal sealed record StarredNode(int Offset, Node Value) : Node(Offset);

internal sealed record TupleNode(int Offset, ImmutableArray<Node> Items) : Node(Offset);

internal sealed record ListNode(int Offset, ImmutableArray<Node> Items) : Node(Offset);

internal sealed record SetNode(int Offset, ImmutableArray<Node> Items) : Node(Offset);

/// <summary>A null key spreads the value.</summary>
internal sealed record DictNode(int Offset, ImmutableArray<(Node? Key, Node Value)> Items) : Node(Offset);

internal enum ComprehensionKind { Generator, List, Set, Dict }

/// <summary><paramref name="Value"/> is only there for dictionaries, where <paramref name="Element"/> is the key.</summary>
internal sealed record ComprehensionNode(int Offset, ComprehensionKind Kind, Node Element, Node? Value, ImmutableArray<ForClause> Clauses) : Node(Offset);

internal sealed record ForClause(Node Target, Node Source, ImmutableArray<Node> Conditions);

internal sealed record YieldNode(int Offset, Node? Value, bool IsFrom) : Node(Offset);

/// <summary>Valid Python that is refused when it is reached.</summary>
internal sealed record UnsupportedNode(int Offset, string Construct) : Node(Offset);

internal enum ParameterKind { Normal, Rest, NamedOnly, NamedRest }

internal sealed record Parameter(string Name, Node? Default, ParameterKind Kind);
