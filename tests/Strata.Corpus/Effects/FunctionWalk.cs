using System.Collections.Immutable;
using Strata.Metadata.Expressions;

namespace Strata.Corpus.Effects;

/// <summary>Finds what a Python function may write into the datastore, following the functions it calls. All branches count.</summary>
internal sealed class FunctionWalk(PythonLibrary library)
{
    private const int DeepestCall = 6;

    private readonly HashSet<(string Variable, string? Flag)> _written = [];
    private readonly HashSet<string> _visited = [];

    /// <summary>Patterns of variables and flags; those of which nothing is known are left out.</summary>
    public IEnumerable<(string Variable, string? Flag)> Written => _written.Where(w => w.Variable.Any(char.IsLetter));

    public void Walk(ImmutableArray<Statement> body) => Walk(body, new(StringComparer.Ordinal), 0);

    private void Walk(ImmutableArray<Statement> body, Dictionary<string, TextSet> names, int depth)
    {
        var statements = Flat(body).ToList();
        var copies = statements.OfType<AssignStatement>().Where(a => a.Value is CallNode { Function: AttributeNode { Name: "createCopy" } })
            .SelectMany(a => a.Targets).OfType<NameNode>().Select(n => n.Name).ToHashSet(StringComparer.Ordinal);

        // Twice: a name may be used above the assignment that says what it holds, inside a loop.
        for (var round = 0; round < 2; round++)
            foreach (var statement in statements) Note(statement, names);
        var own = statements.OfType<DefStatement>().GroupBy(d => d.Name, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Last().Code, StringComparer.Ordinal);
        foreach (var call in statements.SelectMany(Tree.Nodes).SelectMany(Nodes).OfType<CallNode>()) Visit(call, names, copies, own, depth);
    }

    /// <summary>The statements of all blocks, those that Strata refuses included; not those of functions inside.</summary>
    private static IEnumerable<Statement> Flat(IEnumerable<Statement> body) =>
        body.SelectMany(s => Flat(s is UnsupportedStatement refused ? refused.Body : Tree.Blocks(s)).Prepend(s));

    private static IEnumerable<Node> Nodes(Node node) => Tree.Children(node).SelectMany(Nodes).Prepend(node);

    private static void Note(Statement statement, Dictionary<string, TextSet> names)
    {
        switch (statement)
        {
            case AssignStatement { Targets: [NameNode target] } assign:
                Bind(target.Name, TextEvaluation.Of(assign.Value, names));
                break;
            case AugmentedStatement { Target: NameNode target } augmented:
                Bind(target.Name, TextEvaluation.Of(new BinaryNode(0, augmented.Operator, target, augmented.Value), names));
                break;
            case ForStatement { Target: NameNode target } loop:
                Bind(target.Name, TextEvaluation.Of(loop.Source, names).Item);
                break;
        }

        // A parameter that is assigned again keeps what callers gave.
        void Bind(string name, TextSet value) => names[name] = names.TryGetValue(name, out var known) ? known.Or(value) : value;
    }

    private void Visit(CallNode call, Dictionary<string, TextSet> names, HashSet<string> copies, Dictionary<string, FunctionCode> own, int depth)
    {
        if (call.Function is NameNode called)
        {
            if (own.TryGetValue(called.Name, out var inner)) Enter(inner, call, names, depth, skipSelf: false);
            else foreach (var function in library.Functions(called.Name)) Enter(function, call, names, depth, skipSelf: false);
            return;
        }
        if (call.Function is not AttributeNode method || method.Target is NameNode receiver && copies.Contains(receiver.Name)) return;
        switch (method.Name)
        {
            case "setVar" or "appendVar" or "prependVar" or "delVar" or "setVarFilter": Add(Argument(0), null); break;
            case "renameVar": Add(Argument(0), null); Add(Argument(1), null); break;
            case "setVarFlag" or "appendVarFlag" or "prependVarFlag" or "delVarFlag": AddFlags(Argument(0), Argument(1)); break;
            case "setVarFlags" or "delVarFlags": Add(Argument(0), "*"); break;
            case "addtask" when method.Path == "bb.build.addtask": AddTask(); break;
            case "deltask" when method.Path == "bb.build.deltask": Add(Argument(0), "*"); Add(Argument(0), PythonEffect.After); break;
            case "exec_func" when method.Path == "bb.build.exec_func":
                foreach (var function in Argument(0).Texts.SelectMany(library.Functions)) Enter(function, call, names, depth, skipSelf: false);
                break;
            default:
                foreach (var function in library.Members(method)) Enter(function, call, names, depth, skipSelf: function.Parameters is [{ Name: "self" }, ..]);
                break;
        }

        TextSet Argument(int index) => index < call.Arguments.Length ? TextEvaluation.Of(call.Arguments[index].Value, names) : TextSet.Nothing;

        // addtask(task, before, after, d)
        void AddTask()
        {
            Add(Argument(0), "*");
            Add(Argument(0), PythonEffect.After);
            Add(Argument(1).Words().Item, PythonEffect.After);
        }
    }

    private void Add(TextSet variables, string? flag)
    {
        foreach (var variable in variables.Texts) _ = _written.Add((variable, flag));
    }

    private void AddFlags(TextSet variables, TextSet flags)
    {
        foreach (var flag in flags.Texts) Add(variables, flag);
    }

    private void Enter(FunctionCode function, CallNode call, Dictionary<string, TextSet> names, int depth, bool skipSelf)
    {
        if (depth >= DeepestCall) return;
        var inner = new Dictionary<string, TextSet>(StringComparer.Ordinal);
        var parameters = function.Parameters.Skip(skipSelf ? 1 : 0).ToList();
        for (var i = 0; i < parameters.Count; i++)
        {
            var given = call.Arguments.FirstOrDefault(a => a.Name == parameters[i].Name) ?? (i < call.Arguments.Length && call.Arguments[i].Name is null ? call.Arguments[i] : null);
            inner[parameters[i].Name] = given is not null ? TextEvaluation.Of(given.Value, names)
                : parameters[i].Default is { } value ? TextEvaluation.Of(value, inner) : TextSet.Anything;
        }
        var key = $"{function.Name}({string.Join(';', inner.OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => $"{p.Key}={string.Join('|', p.Value.Texts.Order(StringComparer.Ordinal))}"))})";
        if (_visited.Add(key)) Walk(function.Body, inner, depth + 1);
    }
}
