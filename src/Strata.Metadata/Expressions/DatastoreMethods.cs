using System.Collections.Frozen;

namespace Strata.Metadata.Expressions;

/// <summary>The methods of <c>d</c> that only read.</summary>
internal static class DatastoreMethods
{
    public static FrozenDictionary<string, Method> Table { get; } = new Dictionary<string, Method>(StringComparer.Ordinal)
    {
        ["getVar"] = (_, a) => GetVar(a),
        ["getVarFlag"] = (_, a) => GetVarFlag(a),
        ["getVarFlags"] = (_, a) => GetVarFlags(a),
        ["expand"] = (_, a) => Expand(a),
        ["get"] = (_, a) => a.Positional(1, 2).Run.Scope.Get(a.Text(0), expand: true) ?? (a.Count > 1 ? a[1] : None.Value),
        ["keys"] = (_, a) => new ListValue(a.Positional(0, 0).Run.Scope.VariableNames.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static object GetVar(CallArguments arguments)
    {
        if (arguments is { Count: 1, Named.Count: 0 }) return arguments.Run.Scope.Get(arguments.Text(0), expand: true) ?? (object)None.Value;
        var values = arguments.Bind("var", "expand=", "noweakdefault=", "parsing=");
        Refuse(arguments, values, 2);
        return arguments.Run.Scope.Get(arguments.Text(values[0]), values[1] is null || Iteration.IsTrue(values[1]!)) ?? (object)None.Value;
    }

    private static object GetVarFlag(CallArguments arguments)
    {
        var values = arguments.Bind("var", "flag", "expand=", "noweakdefault=", "parsing=");
        Refuse(arguments, values, 3);
        var expand = values[2] is null || Iteration.IsTrue(values[2]!);
        return arguments.Run.Scope.GetFlag(arguments.Text(values[0]), arguments.Text(values[1]), expand) ?? (object)None.Value;
    }

    /// <summary>Unexpanded, but for the flags that <c>expand</c> lists.</summary>
    private static object GetVarFlags(CallArguments arguments)
    {
        var values = arguments.Bind("var", "expand=", "internalflags=");
        Refuse(arguments, values, 2);
        if (arguments.Run.Scope.GetFlags(arguments.Text(values[0])) is not { } flags) return None.Value;
        var expanded = values[1] is { } wanted && Iteration.IsTrue(wanted) ? arguments.Run.Iterate(wanted).ToHashSet(Equality.Comparer) : [];
        var found = new DictValue();
        foreach (var (name, value) in flags) found.Entries[name] = expanded.Contains(name) ? arguments.Run.Scope.Expand(value) : value;
        return found;
    }

    private static object Expand(CallArguments arguments)
    {
        var values = arguments.Bind("s", "varname=");
        return values[0] is string text ? arguments.Run.Scope.Expand(text) : values[0]!;
    }

    private static void Refuse(CallArguments arguments, object?[] values, int from)
    {
        if (values.Skip(from).Any(v => v is not null)) throw Fail.Unsupported($"d.{arguments.Function} with 'noweakdefault', 'parsing' or 'internalflags'");
    }

    public static ExpressionException Refused(string name) => name switch
    {
        _ when name.StartsWith("set", StringComparison.Ordinal) || name.StartsWith("del", StringComparison.Ordinal)
            || name.StartsWith("append", StringComparison.Ordinal) || name.StartsWith("prepend", StringComparison.Ordinal)
            || name is "renameVar" or "finalize" => Fail.Impure($"d.{name}", "changes the datastore"),
        _ => Fail.Unsupported($"d.{name}"),
    };
}
