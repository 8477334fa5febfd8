using Strata.Metadata.Expressions;

namespace Strata.Corpus.OpenEmbedded;

/// <summary>Says by its text whether a metadata function stays within what Strata evaluates: the first thing in it that does not.</summary>
internal sealed class HelperCheck(IEnumerable<PythonFunction> helpers, IEnumerable<PythonModule> modules)
{
    private readonly Dictionary<string, PythonFunction> _helpers = helpers.GroupBy(h => h.Name, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.First(), StringComparer.Ordinal);
    private readonly HashSet<string> _modules = modules.Select(m => m.Name).ToHashSet(StringComparer.Ordinal);
    private readonly Dictionary<string, string?> _refusals = new(StringComparer.Ordinal);

    /// <summary>The helpers that the expressions call, directly or through others.</summary>
    public IReadOnlyList<PythonFunction> ReachedFrom(IEnumerable<string> expressions)
    {
        HashSet<string> reached = new(StringComparer.Ordinal);
        var queue = new Queue<string>(expressions.SelectMany(e => ExpressionReferences.Of(e).Functions));
        while (queue.TryDequeue(out var name))
        {
            if (!_helpers.TryGetValue(name, out var helper) || !reached.Add(name)) continue;
            foreach (var called in ExpressionReferences.Of(helper).Functions) queue.Enqueue(called);
        }
        return [.. reached.Order(StringComparer.Ordinal).Select(n => _helpers[n])];
    }

    /// <summary>Null if everything in the function, and in the helpers it calls, is evaluated.</summary>
    public string? Refusal(PythonFunction helper)
    {
        if (_refusals.TryGetValue(helper.Name, out var known)) return known;
        _refusals[helper.Name] = null;
        return _refusals[helper.Name] = Find(helper);
    }

    private string? Find(PythonFunction helper)
    {
        try
        {
            var body = ParseCache.Function(helper).Body;
            return body.Select(OfStatement).FirstOrDefault(r => r is not null)
                ?? ExpressionReferences.Of(helper).Functions.Where(_helpers.ContainsKey).Select(f => Refusal(_helpers[f])).FirstOrDefault(r => r is not null);
        }
        catch (ExpressionException e)
        {
            return $"does not parse: {e.Message}";
        }
    }

    private string? OfStatement(Statement statement) => statement switch
    {
        UnsupportedStatement refused => $"{refused.Construct} is not evaluated by Strata",
        DefStatement def => def.Code.Body.Select(OfStatement).FirstOrDefault(r => r is not null),
        _ => Tree.Nodes(statement).Select(OfNode).FirstOrDefault(r => r is not null) ?? Tree.Blocks(statement).Select(OfStatement).FirstOrDefault(r => r is not null),
    };

    private string? OfNode(Node node)
    {
        if (node is UnsupportedNode refused) return $"{refused.Construct} is not evaluated by Strata";
        if (node is CallNode { Function: AttributeNode { Path: { } path } method })
        {
            var root = path[..path.IndexOf('.', StringComparison.Ordinal)];
            if (root == "d" && !DatastoreMethods.Table.ContainsKey(method.Name)) return DatastoreMethods.Refused(method.Name).Message;
            var isModule = Modules.IsRoot(root) || Modules.NeedsImport(root);
            if (isModule && Modules.Find(path) is null && !_modules.Contains(path[..path.LastIndexOf('.')])) return Modules.Refused(path).Message;
        }
        if (node is CallNode { Function: NameNode { Name: "open" or "exec" or "eval" or "compile" or "globals" or "locals" or "__import__" } called }) return $"{called.Name}()";
        return Tree.Children(node).Select(OfNode).FirstOrDefault(r => r is not null);
    }
}
