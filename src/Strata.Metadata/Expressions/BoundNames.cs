using System.Collections.Frozen;
using System.Collections.Immutable;

namespace Strata.Metadata.Expressions;

/// <summary>Finds the names that a function binds anywhere, which makes them local everywhere in it.</summary>
internal static class BoundNames
{
    public static FrozenSet<string> Of(ImmutableArray<Parameter> parameters, ImmutableArray<Statement> body)
    {
        var names = new HashSet<string>(parameters.Select(p => p.Name), StringComparer.Ordinal);
        foreach (var statement in body) Collect(statement, names);
        return names.ToFrozenSet(StringComparer.Ordinal);
    }

    private static void Collect(Statement statement, HashSet<string> names)
    {
        Fail.IfTooDeep();
        foreach (var inner in Tree.Blocks(statement)) Collect(inner, names);
        switch (statement)
        {
            case AssignStatement assign:
                foreach (var target in assign.Targets) AddTarget(target, names);
                break;
            case AugmentedStatement augmented:
                AddTarget(augmented.Target, names);
                break;
            case ForStatement loop:
                AddTarget(loop.Target, names);
                break;
            case DeleteStatement delete:
                foreach (var target in delete.Targets) AddTarget(target, names);
                break;
            case ImportStatement import:
                foreach (var (_, name) in import.Names) names.Add(name);
                break;
            case DefStatement def:
                names.Add(def.Name);
                break;
            case TryStatement attempt:
                foreach (var handler in attempt.Handlers)
                    if (handler.Name is { } caught) names.Add(caught);
                break;
        }
        foreach (var node in Tree.Nodes(statement)) AddNamed(node, names);
    }

    /// <summary>The names that assigning to a target binds.</summary>
    public static void AddTarget(Node target, HashSet<string> names)
    {
        if (target is NameNode name) names.Add(name.Name);
        else if (target is StarredNode starred) AddTarget(starred.Value, names);
        else if (target is TupleNode tuple)
            foreach (var item in tuple.Items) AddTarget(item, names);
    }

    private static void AddNamed(Node node, HashSet<string> names)
    {
        if (node is NamedNode named) names.Add(named.Name);
        if (node is LambdaNode) return;
        foreach (var child in Tree.Children(node)) AddNamed(child, names);
    }
}
