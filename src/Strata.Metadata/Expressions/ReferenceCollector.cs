using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace Strata.Metadata.Expressions;

/// <summary>Walks a tree and notes what it reads.</summary>
internal sealed partial class ReferenceCollector
{
    /// <summary>Functions of modules that read variables named by their arguments (by index) or by themselves.</summary>
    private static readonly FrozenDictionary<string, (int[] Arguments, string[] Variables)> s_readers = new Dictionary<string, (int[], string[])>(StringComparer.Ordinal)
    {
        ["oe.utils.conditional"] = ([0], []),
        ["oe.utils.less_or_equal"] = ([0], []),
        ["oe.utils.version_less_or_equal"] = ([0], []),
        ["oe.utils.vartrue"] = ([0], []),
        ["oe.utils.both_contain"] = ([0, 1], []),
        ["oe.utils.set_intersect"] = ([0, 1], []),
        ["oe.utils.set_difference"] = ([0, 1], []),
        ["oe.utils.class_filter_features"] = ([1, 2], []),
        ["oe.utils.extend_variants"] = ([1], []),
        ["oe.utils.all_multilib_tune_values"] = ([1], ["DEFAULTTUNE_MULTILIB_ORIGINAL", "MLPREFIX", "MULTILIB_VARIANTS"]),
        ["oe.utils.multilib_pkg_extend"] = ([], ["MULTILIB_VARIANTS"]),
        ["oe.utils.packages_filter_out_system"] = ([], ["PACKAGES", "PN"]),
        ["oe.utils.parallel_make"] = ([], ["PARALLEL_MAKE", "PARALLEL_MAKEINST"]),
        ["oe.utils.parallel_make_argument"] = ([], ["PARALLEL_MAKE", "PARALLEL_MAKEINST"]),
        ["oe.utils.prune_suffix"] = ([], ["MLPREFIX"]),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private readonly SortedSet<string> _variables = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _flags = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _classes = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _functions = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _bareNames = new(StringComparer.Ordinal);
    private readonly HashSet<WordTest> _wordTests = [];
    private bool _computed;

    public ExpressionReferences Build() => new()
    {
        Variables = [.. _variables],
        Flags = [.. _flags],
        WordTests = [.. _wordTests.OrderBy(t => t.Variable, StringComparer.Ordinal).ThenBy(t => t.Words, StringComparer.Ordinal)],
        Classes = [.. _classes],
        Functions = [.. _functions],
        BareNames = [.. _bareNames],
        ReadsComputedNames = _computed,
    };

    public void Add(Node expression) => Visit(expression, []);

    public void Add(FunctionCode function) => Visit(function, []);

    private void Visit(FunctionCode function, ImmutableHashSet<string> outer)
    {
        foreach (var parameter in function.Parameters)
            if (parameter.Default is { } value) Visit(value, outer);
        var bound = outer.Union(function.Locals);
        foreach (var statement in function.Body) Visit(statement, bound);
    }

    private void Visit(Statement statement, ImmutableHashSet<string> bound)
    {
        foreach (var node in Tree.Nodes(statement)) Visit(node, bound);
        foreach (var inner in Tree.Blocks(statement)) Visit(inner, bound);
        if (statement is DefStatement def) Visit(def.Code, bound);
    }

    private void Visit(Node node, ImmutableHashSet<string> bound)
    {
        Fail.IfTooDeep(node.Offset);
        switch (node)
        {
            case NameNode name:
                if (!bound.Contains(name.Name) && name.Name != "d" && !Builtins.IsKnown(name.Name) && !Modules.IsRoot(name.Name)) _bareNames.Add(name.Name);
                return;
            case LambdaNode lambda:
                bound = bound.Union(lambda.Parameters.Select(p => p.Name));
                break;
            case ComprehensionNode comprehension:
                var targets = new HashSet<string>(StringComparer.Ordinal);
                foreach (var clause in comprehension.Clauses) BoundNames.AddTarget(clause.Target, targets);
                Visit(comprehension.Clauses[0].Source, bound);
                bound = bound.Union(targets);
                break;
            case CallNode { Function: NameNode called } call:
                if (!bound.Contains(called.Name) && !Builtins.IsKnown(called.Name)) _functions.Add(called.Name);
                foreach (var argument in call.Arguments) Visit(argument.Value, bound);
                return;
            case CallNode { Function: AttributeNode method } call:
                Call(call, method);
                break;
            case SubscriptNode { Target: NameNode { Name: "d" } } subscript:
                Read(subscript.Index);
                break;
            case ComparisonNode { Rest: [(("in" or "not in"), NameNode { Name: "d" })] } comparison:
                Read(comparison.First);
                break;
        }
        foreach (var child in Tree.Children(node)) Visit(child, bound);
    }

    private void Call(CallNode call, AttributeNode method)
    {
        var name = method.Path ?? method.Name;
        if (method.Name is "getVar" or "appendVar" or "prependVar" || (method.Name == "get" && method.Path == "d.get")) Read(Argument(call, 0));
        else if (method.Name is "getVarFlag" or "appendVarFlag" or "prependVarFlag") ReadFlag(Argument(call, 0), Argument(call, 1));
        else if (method.Name is "expand" && Argument(call, 0) is Constant { Value: string text }) Expand(text);
        else if (method.Name is "expand" or "keys" && method.Path is "d.expand" or "d.keys") _computed = true;
        else if (name is "bb.utils.contains") ReadWords(Argument(call, 0), Argument(call, 1), whole: true);
        else if (name is "bb.utils.contains_any" or "bb.utils.filter") ReadWords(Argument(call, 0), Argument(call, 1), whole: false);
        else if (name is "bb.data.inherits_class") ReadClass(Argument(call, 0));
        else if (name is "oe.utils.inherits")
            foreach (var argument in call.Arguments.Skip(1)) ReadClass(argument.Value);
        else if (name is "oe.utils.filter_default_features" && Argument(call, 0) is Constant { Value: string stem }) _variables.UnionWith([$"{stem}_DEFAULTS", $"{stem}_OPTED_OUT"]);
        else if (method.Path is not null && !Modules.IsFunction(method.Path) && call.Arguments.Any(a => a.Value is NameNode { Name: "d" })) _computed = true;
        else if (s_readers.TryGetValue(name, out var reader))
        {
            foreach (var index in reader.Arguments) Read(Argument(call, index));
            _variables.UnionWith(reader.Variables);
        }
    }

    /// <summary>A positional argument, or null; named ones are rare enough here to count as computed.</summary>
    private static Node? Argument(CallNode call, int index) =>
        index < call.Arguments.Length && call.Arguments[index] is { Name: null, Spread: false } argument ? argument.Value : null;

    private void Read(Node? name)
    {
        if (name is Constant { Value: string text }) _variables.Add(text);
        else _computed = true;
    }

    private void ReadFlag(Node? name, Node? flag)
    {
        if (name is Constant { Value: string variable } && flag is Constant { Value: string text }) _flags.Add($"{variable}[{text}]");
        else _computed = true;
    }

    private void ReadClass(Node? name)
    {
        if (name is Constant { Value: string text }) _classes.Add(text);
        else _computed = true;
    }

    /// <summary>Where the words are not written out as one text, the whole variable counts, as in BitBake.</summary>
    private void ReadWords(Node? name, Node? words, bool whole)
    {
        if (name is not Constant { Value: string variable }) _computed = true;
        else if (words is not Constant { Value: string text }) _variables.Add(variable);
        else if (whole) _wordTests.Add(new(variable, text));
        else _wordTests.UnionWith(CodePoints.Words(text).Select(w => new WordTest(variable, w)));
    }

    private void Expand(string text)
    {
        foreach (Match match in Reference().Matches(text)) _variables.Add(match.Value[2..^1]);
        for (var at = 0; References.TryFindExpression(text, at, out var start, out var end); at = end)
        {
            var inner = ExpressionReferences.Of(text[(start + 3)..(end - 1)]);
            _variables.UnionWith(inner.Variables);
            _flags.UnionWith(inner.Flags);
            _classes.UnionWith(inner.Classes);
            _functions.UnionWith(inner.Functions);
            _bareNames.UnionWith(inner.BareNames);
            _wordTests.UnionWith(inner.WordTests);
            _computed |= inner.ReadsComputedNames;
        }
    }

    [GeneratedRegex(@"\$\{[a-zA-Z0-9\-_+./~:]+\}")]
    private static partial Regex Reference();
}
