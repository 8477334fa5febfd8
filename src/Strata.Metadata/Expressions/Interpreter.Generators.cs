using System.Collections.Immutable;

namespace Strata.Metadata.Expressions;

/// <content>Functions with <c>yield</c>: their bodies run as far as somebody asks for items.</content>
internal sealed partial class Interpreter
{
    /// <summary>How the last block of the running generator ended.</summary>
    private Flow _generatorFlow;

    private IteratorValue Generator(FunctionCode code) => new("generator", InOwnFrame(Yielded(code.Body), _frame));

    /// <summary>Each step runs in the generator's frame and gives the caller's back.</summary>
    private IEnumerable<object> InOwnFrame(IEnumerable<object> items, Frame frame)
    {
        using var walk = items.GetEnumerator();
        var flow = Flow.Next;
        while (InFrame(frame, Resume)) yield return walk.Current;

        bool Resume()
        {
            var outer = _generatorFlow;
            _generatorFlow = flow;
            try
            {
                return walk.MoveNext();
            }
            finally
            {
                (flow, _generatorFlow) = (_generatorFlow, outer);
            }
        }
    }

    private IEnumerable<object> Yielded(ImmutableArray<Statement> body)
    {
        foreach (var statement in body)
        {
            Step();
            _at = statement.Offset;
            if (!HasYield(statement))
            {
                _generatorFlow = Execute(statement);
            }
            else
            {
                _generatorFlow = Flow.Next;
                foreach (var item in Yielded(statement)) yield return item;
            }
            if (_generatorFlow is not Flow.Next) yield break;
        }
        _generatorFlow = Flow.Next;
    }

    private IEnumerable<object> Yielded(Statement statement)
    {
        switch (statement)
        {
            case ExpressionStatement { Value: YieldNode { IsFrom: false } yield }:
                yield return Optional(yield.Value);
                break;
            case ExpressionStatement { Value: YieldNode yield }:
                foreach (var item in Iterate(Evaluate(yield.Value!))) yield return item;
                break;
            case IfStatement choice:
                foreach (var item in Yielded(IsTrue(choice.Condition) ? choice.Then : choice.Else)) yield return item;
                break;
            case ForStatement { Else.IsEmpty: true } loop:
                foreach (var round in Iterate(Evaluate(loop.Source)))
                {
                    Assign(loop.Target, round);
                    foreach (var item in Yielded(loop.Body)) yield return item;
                    if (EndsLoop()) break;
                }
                break;
            case WhileStatement { Else.IsEmpty: true } loop:
                while (IsTrue(loop.Condition))
                {
                    Step();
                    foreach (var item in Yielded(loop.Body)) yield return item;
                    if (EndsLoop()) break;
                }
                break;
            default:
                throw Fail.Unsupported("this use of 'yield'");
        }
    }

    private bool EndsLoop()
    {
        var flow = _generatorFlow;
        if (flow is Flow.Break or Flow.Continue) _generatorFlow = Flow.Next;
        return flow is Flow.Break or Flow.Return;
    }

    private static bool HasYield(Statement statement) => Tree.Nodes(statement).Any(HasYield) || Tree.Blocks(statement).Any(HasYield);

    private static bool HasYield(Node node) => node is YieldNode || (node is not LambdaNode && Tree.Children(node).Any(HasYield));
}
