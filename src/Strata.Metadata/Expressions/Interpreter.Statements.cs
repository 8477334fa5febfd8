using System.Collections.Immutable;

namespace Strata.Metadata.Expressions;

/// <summary>The statements of metadata functions.</summary>
internal sealed partial class Interpreter
{
    private object _returned = None.Value;
    private ExpressionException? _handled;

    /// <summary>How a statement ended.</summary>
    private enum Flow { Next, Break, Continue, Return }

    private object RunBody(FunctionCode code)
    {
        if (Execute(code.Body) is not Flow.Return) return None.Value;
        var value = _returned;
        _returned = None.Value;
        return value;
    }

    private Flow Execute(ImmutableArray<Statement> block)
    {
        foreach (var statement in block)
        {
            Step();
            _at = statement.Offset;
            if (Execute(statement) is not Flow.Next and var flow) return flow;
        }
        return Flow.Next;
    }

    private Flow Execute(Statement statement)
    {
        switch (statement)
        {
            case ExpressionStatement expression:
                _ = Evaluate(expression.Value);
                return Flow.Next;
            case AssignStatement assign:
                var value = Evaluate(assign.Value);
                foreach (var target in assign.Targets) Assign(target, value);
                return Flow.Next;
            case AugmentedStatement augmented:
                Augment(augmented);
                return Flow.Next;
            case IfStatement choice:
                return Execute(IsTrue(choice.Condition) ? choice.Then : choice.Else);
            case WhileStatement loop:
                return While(loop);
            case ForStatement loop:
                return For(loop);
            case BreakStatement:
                return Flow.Break;
            case ContinueStatement:
                return Flow.Continue;
            case PassStatement:
                return Flow.Next;
            case ReturnStatement exit:
                _returned = Optional(exit.Value);
                return Flow.Return;
            case RaiseStatement raise:
                throw Raised(raise);
            case AssertStatement assert:
                return IsTrue(assert.Condition) ? Flow.Next
                    : throw new ExpressionException("AssertionError", assert.Message is null ? "" : Texts.Str(Evaluate(assert.Message)), assert.Offset);
            case DeleteStatement delete:
                foreach (var target in delete.Targets) Delete(target);
                return Flow.Next;
            case TryStatement attempt:
                return Try(attempt);
            case ImportStatement import:
                foreach (var (path, name) in import.Names) _frame.Names[name] = Import(path);
                return Flow.Next;
            case DefStatement def:
                _frame.Names[def.Name] = new FunctionValue(def.Code, Defaults(def.Code), _frame, null);
                return Flow.Next;
            case UnsupportedStatement refused:
                throw new ExpressionException(ExpressionException.Unsupported, $"{refused.Construct} is not evaluated by Strata", refused.Offset);
            default:
                throw new NotSupportedException(statement.GetType().Name);
        }
    }

    private Flow While(WhileStatement loop)
    {
        while (IsTrue(loop.Condition))
        {
            Step();
            var flow = Execute(loop.Body);
            if (flow is Flow.Return) return flow;
            if (flow is Flow.Break) return Flow.Next;
        }
        return Execute(loop.Else);
    }

    private Flow For(ForStatement loop)
    {
        foreach (var item in Iterate(Evaluate(loop.Source)))
        {
            Assign(loop.Target, item);
            var flow = Execute(loop.Body);
            if (flow is Flow.Return) return flow;
            if (flow is Flow.Break) return Flow.Next;
        }
        return Execute(loop.Else);
    }

    /// <summary>Lists and sets change in place, as <c>+=</c> and its like do in Python; all else is assigned anew.</summary>
    private void Augment(AugmentedStatement statement)
    {
        switch (statement.Target)
        {
            case NameNode name:
                _frame.Names[name.Name] = Augmented(Lookup(name.Name), statement);
                break;
            case SubscriptNode subscript:
                var target = Evaluate(subscript.Target);
                var index = Evaluate(subscript.Index);
                Subscripts.Set(target, index, Augmented(Subscripts.Get(target, index, this), statement));
                break;
            default:
                throw Fail.Unsupported("assignment to an attribute");
        }
    }

    private object Augmented(object current, AugmentedStatement statement)
    {
        var value = Evaluate(statement.Value);
        _at = statement.Offset;
        if (current is ListValue list && statement.Operator == "+")
        {
            list.Items.AddRange([.. Iterate(value)]);
            return list;
        }
        var result = Operators.Binary(statement.Operator, current, value, this);
        switch (current, result)
        {
            case (ListValue own, ListValue changed):
                own.Items.Clear();
                own.Items.AddRange(changed.Items);
                return own;
            case (SetValue { Frozen: false } own, SetValue changed):
                own.Items.Clear();
                own.Items.UnionWith(changed.Items);
                return own;
            case (DictValue own, DictValue changed):
                foreach (var (key, item) in changed.Entries) own.Entries[key] = item;
                return own;
            default:
                return result;
        }
    }

    private void Delete(Node target)
    {
        if (target is SubscriptNode subscript) Subscripts.Delete(Evaluate(subscript.Target), Evaluate(subscript.Index));
        else if (target is not NameNode name) throw Fail.Unsupported("'del' of an attribute");
        else if (!_frame.Names.Remove(name.Name)) throw new ExpressionException("UnboundLocalError", $"cannot access local variable '{name.Name}'");
    }

    private ExpressionException Raised(RaiseStatement statement)
    {
        if (statement.Exception is null) return _handled ?? new ExpressionException("RuntimeError", "No active exception to reraise", statement.Offset);
        var value = Evaluate(statement.Exception);
        _at = statement.Offset;
        return value switch
        {
            ExceptionType type => new(type.Name, "", statement.Offset),
            ExceptionValue exception => new(exception.Kind, Texts.Str(exception), statement.Offset) { Value = exception },
            _ => Fail.Type("exceptions must derive from BaseException"),
        };
    }

    private Flow Try(TryStatement statement)
    {
        var (frame, depth) = (_frame, _depth);
        Flow flow;
        try
        {
            flow = Guarded(statement, frame, depth);
        }
        catch (ExpressionException exception) when (!exception.IsFinal && !statement.Finally.IsEmpty)
        {
            (_frame, _depth) = (frame, depth);
            var last = Execute(statement.Finally);
            if (last is Flow.Next) throw;
            return last;
        }
        var returned = _returned;
        if (Execute(statement.Finally) is not Flow.Next and var final) return final;
        _returned = returned;
        return flow;
    }

    /// <summary>The body with its handlers. What fails in <c>else</c> is not the handlers' business.</summary>
    private Flow Guarded(TryStatement statement, Frame frame, int depth)
    {
        Flow flow;
        try
        {
            flow = Execute(statement.Body);
        }
        catch (ExpressionException exception) when (!exception.IsFinal && Handler(statement, exception, frame) is { } handler)
        {
            (_frame, _depth) = (frame, depth);
            return Handle(handler, exception);
        }
        return flow is Flow.Next ? Execute(statement.Else) : flow;
    }

    /// <summary>Runs while the exception is still on its way, when inner frames are not yet left.</summary>
    private ExceptClause? Handler(TryStatement statement, ExpressionException exception, Frame frame)
    {
        var inner = _frame;
        _frame = frame;
        try { return statement.Handlers.FirstOrDefault(h => h.Kinds is null || ExceptionTypes.Matches(exception.Kind, Evaluate(h.Kinds))); }
        finally { _frame = inner; }
    }

    private Flow Handle(ExceptClause handler, ExpressionException exception)
    {
        var outer = _handled;
        _handled = exception;
        if (handler.Name is { } name) _frame.Names[name] = exception.Value ?? new ExceptionValue(exception.Kind, TupleValue.Of(exception.Message));
        try { return Execute(handler.Body); }
        finally
        {
            _handled = outer;
            if (handler.Name is { } bound) _frame.Names.Remove(bound);
        }
    }
}
