using System.Collections.Immutable;
using System.Text;

namespace Strata.Metadata.Expressions;

/// <summary>Walks the tree of one expression. Made anew for every evaluation; what it may see is its scope.</summary>
internal sealed partial class Interpreter
{
    /// <summary>Statements, calls and rounds of loops. Real metadata needs some thousands at most.</summary>
    private const int MostSteps = 1_000_000;

    /// <summary>In bytes, also of what is free again. One step makes at most <see cref="Operators.MostItems"/> of anything, a million of them could fill any memory.</summary>
    private const long MostAllocated = 2L << 30;

    private Frame _frame = new(null, null, seesVariables: true, seesDatastore: true);
    /// <summary>Items of containers in all comparisons together.</summary>
    private const long MostCompared = 16 << 20;

    private readonly long _comparedBefore = Equality.Compared;
    private readonly long _allocatedBefore = GC.GetAllocatedBytesForCurrentThread();
    private int _steps;
    private int _at;

    public Interpreter(IExpressionScope scope) => Scope = scope;

    public IExpressionScope Scope { get; }

    public string Run(Node expression)
    {
        try
        {
            var text = Texts.Str(Evaluate(expression));
            return text.Contains(DatastoreValue.Text, StringComparison.Ordinal) ? throw Fail.Unsupported("the text of 'd', which is an address,") : text;
        }
        catch (ExpressionException exception) when (exception.Offset < 0)
        {
            exception.Offset = _at;
            throw;
        }
    }

    /// <summary>Counts one step of work.</summary>
    public void Step()
    {
        if (++_steps > MostSteps) throw Fail.TooLong("the expression runs too long: is there an endless loop?");
        if (Equality.Compared - _comparedBefore > MostCompared) throw Fail.TooLong("the expression compares too much");
        if (GC.GetAllocatedBytesForCurrentThread() - _allocatedBefore > MostAllocated) throw Fail.TooLong("the expression needs too much memory");
    }

    private object Evaluate(Node node)
    {
        Fail.IfTooDeep(node.Offset);
        switch (node)
        {
            case Constant constant: return constant.Value;
            case NameNode name: return At(name, Lookup(name.Name));
            case CallNode call: return Call(call);
            case AttributeNode attribute: return Attribute(attribute);
            case SubscriptNode subscript: return Subscript(subscript);
            case BinaryNode binary: return Binary(binary);
            case UnaryNode unary: return At(unary, Operators.Unary(unary.Operator, Evaluate(unary.Operand)));
            case JunctionNode junction:
                var left = Evaluate(junction.Left);
                return Iteration.IsTrue(left) == junction.IsAnd ? Evaluate(junction.Right) : left;
            case ConditionalNode conditional: return Evaluate(IsTrue(conditional.Condition) ? conditional.WhenTrue : conditional.WhenFalse);
            case ComparisonNode comparison: return Comparison(comparison);
            case ComprehensionNode comprehension: return Comprehension(comprehension);
            case TupleNode tuple: return new TupleValue([.. Items(tuple.Items)]);
            case ListNode list: return new ListValue(Items(list.Items));
            case SetNode set: return new SetValue(Items(set.Items));
            case DictNode dict: return Dict(dict);
            case LambdaNode lambda: return Lambda(lambda);
            case FormattedText text: return Formatted(text);
            case FormattedField field: return Field(field);
            case NamedNode named: return FunctionFrame.Names[named.Name] = Evaluate(named.Value);
            case SliceNode slice: return new SliceValue(Optional(slice.Start), Optional(slice.Stop), Optional(slice.Step));
            case StarredNode starred: throw Fail.Syntax("can't use starred expression here", starred.Offset);
            case YieldNode: throw Fail.Unsupported("'yield' inside an expression");
            case UnsupportedNode refused: throw new ExpressionException(ExpressionException.Unsupported, $"{refused.Construct} is not evaluated by Strata", refused.Offset);
            default: throw new NotSupportedException(node.GetType().Name);
        }
    }

    private object Optional(Node? node) => node is null ? None.Value : Evaluate(node);

    private bool IsTrue(Node node) => Iteration.IsTrue(Evaluate(node));

    /// <summary>Remembers the place of what just went well, for the message if what follows does not.</summary>
    private object At(Node node, object value)
    {
        _at = node.Offset;
        return value;
    }

    private object Binary(BinaryNode node)
    {
        var left = Evaluate(node.Left);
        var right = Evaluate(node.Right);
        _at = node.Offset;
        return Operators.Binary(node.Operator, left, right, this);
    }

    private object Subscript(SubscriptNode node)
    {
        var target = Evaluate(node.Target);
        var index = Evaluate(node.Index);
        _at = node.Offset;
        return Subscripts.Get(target, index, this);
    }

    private object Comparison(ComparisonNode node)
    {
        var left = Evaluate(node.First);
        foreach (var (name, operand) in node.Rest)
        {
            var right = Evaluate(operand);
            _at = node.Offset;
            if (!Compare(name, left, right)) return false;
            left = right;
        }
        return true;
    }

    private bool Compare(string name, object left, object right)
    {
        if (right is not DatastoreValue datastore || name is not ("in" or "not in")) return Operators.Compare(name, left, right);
        if (left is not string variable) throw Fail.Type("a variable's name is a str");
        return ((datastore.Copy ?? Scope).Get(variable, expand: true) is not null) == (name == "in");
    }

    private List<object> Items(ImmutableArray<Node> nodes)
    {
        var items = new List<object>(nodes.Length);
        foreach (var node in nodes)
            if (node is StarredNode starred) items.AddRange(Iterate(Evaluate(starred.Value)));
            else items.Add(Evaluate(node));
        return items;
    }

    private DictValue Dict(DictNode node)
    {
        var dict = new DictValue();
        foreach (var (key, value) in node.Items)
        {
            if (key is not null)
            {
                var evaluated = Evaluate(key);
                dict.Entries[evaluated] = Evaluate(value);
            }
            else if (Evaluate(value) is DictValue spread)
                foreach (var (inner, item) in spread.Entries) dict.Entries[inner] = item;
            else throw Fail.Type("a mapping is needed after '**'");
        }
        return dict;
    }

    private string Formatted(FormattedText text)
    {
        var result = new StringBuilder();
        foreach (var part in text.Parts)
            if (result.Append((string)Evaluate(part)).Length > Operators.MostItems) throw Operators.TooLarge();
        return result.ToString();
    }

    private string Field(FormattedField field)
    {
        var value = Evaluate(field.Value);
        value = field.Conversion switch { 'r' => Texts.Repr(value), 's' => Texts.Str(value), 'a' => Texts.Ascii(value), _ => value };
        var format = field.Format is null ? "" : (string)Evaluate(field.Format);
        _at = field.Offset;
        return FormatSpec.Format(value, format);
    }

    /// <summary>The items of a value, each counted as a step.</summary>
    public IEnumerable<object> Iterate(object value)
    {
        foreach (var item in Iteration.Of(value))
        {
            Step();
            yield return item;
        }
    }

    private object Comprehension(ComprehensionNode node)
    {
        // Python walks the outermost source in the surrounding scope, before the comprehension has one of its own.
        var source = Evaluate(node.Clauses[0].Source);
        _at = node.Offset;
        var inner = node.Kind is ComprehensionKind.Generator
            ? new Frame(_frame, null, seesVariables: false, _frame.SeesDatastore)
            : new Frame(_frame, null, _frame.SeesVariables, _frame.SeesDatastore);
        if (node.Kind is ComprehensionKind.Generator && source is not (IteratorValue or ListValue)) _ = Iteration.Of(source);
        var rounds = Rounds(node, 0, source, inner);
        switch (node.Kind)
        {
            case ComprehensionKind.Generator: return new IteratorValue("generator", rounds.Select(_ => Within(inner, node.Element)));
            case ComprehensionKind.List: return new ListValue(rounds.Select(_ => Within(inner, node.Element)));
            case ComprehensionKind.Set: return new SetValue(rounds.Select(_ => Within(inner, node.Element)));
            default:
                var dict = new DictValue();
                foreach (var _ in rounds)
                {
                    var key = Within(inner, node.Element);
                    dict.Entries[key] = Within(inner, node.Value!);
                }
                return dict;
        }
    }

    /// <summary>Binds the targets round by round; each yielded item is one round whose conditions hold.</summary>
    private IEnumerable<int> Rounds(ComprehensionNode node, int level, object source, Frame frame)
    {
        var clause = node.Clauses[level];
        foreach (var item in Iterate(source))
        {
            if (!InFrame(frame, () => Matches(clause, item))) continue;
            if (level == node.Clauses.Length - 1)
            {
                yield return level;
                continue;
            }
            foreach (var round in Rounds(node, level + 1, Within(frame, node.Clauses[level + 1].Source), frame)) yield return round;
        }
    }

    private bool Matches(ForClause clause, object item)
    {
        Assign(clause.Target, item);
        foreach (var condition in clause.Conditions)
            if (!IsTrue(condition)) return false;
        return true;
    }

    private object Within(Frame frame, Node node) => InFrame(frame, () => Evaluate(node));

    private T InFrame<T>(Frame frame, Func<T> work)
    {
        var outer = _frame;
        _frame = frame;
        try { return work(); }
        finally { _frame = outer; }
    }

    private void Assign(Node target, object value)
    {
        switch (target)
        {
            case NameNode name:
                _frame.Names[name.Name] = value;
                break;
            case SubscriptNode subscript:
                Subscripts.Set(Evaluate(subscript.Target), Evaluate(subscript.Index), value);
                break;
            case TupleNode tuple:
                Unpack(tuple, value);
                break;
            default:
                throw Fail.Unsupported("assignment to an attribute");
        }
    }

    private void Unpack(TupleNode targets, object value)
    {
        if (value is not (string or IteratorValue)) _ = Iteration.Of(value);
        var items = Iterate(value).ToList();
        var wanted = targets.Items;
        var star = wanted.Select((t, i) => t is StarredNode ? i : -1).DefaultIfEmpty(-1).Max();
        if (star < 0 ? items.Count != wanted.Length : items.Count < wanted.Length - 1)
            throw Fail.Value(items.Count > wanted.Length ? $"too many values to unpack (expected {wanted.Length})" : $"not enough values to unpack (expected {wanted.Length}, got {items.Count})");
        if (star < 0)
        {
            for (var i = 0; i < items.Count; i++) Assign(wanted[i], items[i]);
            return;
        }
        var tail = wanted.Length - star - 1;
        for (var i = 0; i < star; i++) Assign(wanted[i], items[i]);
        Assign(((StarredNode)wanted[star]).Value, new ListValue(items[star..^tail]));
        for (var i = 0; i < tail; i++) Assign(wanted[star + 1 + i], items[items.Count - tail + i]);
    }
}
