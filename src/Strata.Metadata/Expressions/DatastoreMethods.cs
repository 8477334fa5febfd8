using System.Collections.Frozen;

namespace Strata.Metadata.Expressions;

/// <summary>The methods of <c>d</c> that only read.</summary>
internal static class DatastoreMethods
{
    public static FrozenDictionary<string, Method> Table { get; } = new Dictionary<string, Method>(StringComparer.Ordinal)
    {
        ["createCopy"] = (self, a) => Copy(ScopeOf(self, a.Positional(0, 0))),
        ["getVar"] = (self, a) => GetVar(ScopeOf(self, a), a),
        ["getVarFlag"] = (self, a) => GetVarFlag(ScopeOf(self, a), a),
        ["getVarFlags"] = (self, a) => GetVarFlags(ScopeOf(self, a), a),
        ["expand"] = (self, a) => Expand(ScopeOf(self, a), a),
        ["get"] = (self, a) => ScopeOf(self, a.Positional(1, 2)).Get(a.Text(0), expand: true) ?? (a.Count > 1 ? a[1] : None.Value),
        ["keys"] = (self, a) => new ListValue(ScopeOf(self, a.Positional(0, 0)).VariableNames.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>What copies have in addition.</summary>
    public static FrozenDictionary<string, Method> CopyTable { get; } = new Dictionary<string, Method>(Table, StringComparer.Ordinal)
    {
        ["setVar"] = (self, a) => Set(self, a, ""),
        ["appendVar"] = (self, a) => Set(self, a, ":append"),
        ["prependVar"] = (self, a) => Set(self, a, ":prepend"),
        ["setVarFlag"] = (self, a) => SetFlag(self, a),
        ["delVar"] = (self, a) => Delete(self, a),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public static DatastoreValue Copy(IExpressionScope scope) => new() { Copy = scope.Copy() };

    private static IExpressionScope ScopeOf(object self, CallArguments arguments) => ((DatastoreValue)self).Copy ?? arguments.Run.Scope;

    private static None Set(object self, CallArguments arguments, string edit)
    {
        var values = arguments.Bind("var", "value");
        if (values[1] is not string text) throw Fail.Unsupported($"d.{arguments.Function} of a {Texts.TypeName(values[1]!)}");
        ((DatastoreValue)self).Copy!.Set(arguments.Text(values[0]) + edit, text);
        return None.Value;
    }

    private static None SetFlag(object self, CallArguments arguments)
    {
        var values = arguments.Bind("var", "flag", "value");
        if (values[2] is not string text) throw Fail.Unsupported($"d.setVarFlag of a {Texts.TypeName(values[2]!)}");
        ((DatastoreValue)self).Copy!.SetFlag(arguments.Text(values[0]), arguments.Text(values[1]), text);
        return None.Value;
    }

    private static None Delete(object self, CallArguments arguments)
    {
        ((DatastoreValue)self).Copy!.Delete(arguments.Positional(1, 1).Text(0));
        return None.Value;
    }

    private static object GetVar(IExpressionScope scope, CallArguments arguments)
    {
        if (arguments is { Count: 1, Named.Count: 0 }) return scope.Get(arguments.Text(0), expand: true) ?? (object)None.Value;
        var values = arguments.Bind("var", "expand=", "noweakdefault=", "parsing=");
        Refuse(arguments, values, 2);
        return scope.Get(arguments.Text(values[0]), values[1] is null || Iteration.IsTrue(values[1]!)) ?? (object)None.Value;
    }

    private static object GetVarFlag(IExpressionScope scope, CallArguments arguments)
    {
        var values = arguments.Bind("var", "flag", "expand=", "noweakdefault=", "parsing=");
        Refuse(arguments, values, 3);
        if (values[1] is "deps" && scope.GetPredecessors(arguments.Text(values[0])) is { } tasks) return new ListValue(tasks);
        var expand = values[2] is null || Iteration.IsTrue(values[2]!);
        return scope.GetFlag(arguments.Text(values[0]), arguments.Text(values[1]), expand) ?? (object)None.Value;
    }

    /// <summary>Unexpanded, but for the flags that <c>expand</c> lists.</summary>
    private static object GetVarFlags(IExpressionScope scope, CallArguments arguments)
    {
        var values = arguments.Bind("var", "expand=", "internalflags=");
        Refuse(arguments, values, 2);
        if (scope.GetFlags(arguments.Text(values[0])) is not { } flags) return None.Value;
        var expanded = values[1] is { } wanted && Iteration.IsTrue(wanted) ? arguments.Run.Iterate(wanted).ToHashSet(Equality.Comparer) : [];
        var found = new DictValue();
        foreach (var (name, value) in flags) found.Entries[name] = expanded.Contains(name) ? scope.Expand(value) : value;
        return found;
    }

    private static object Expand(IExpressionScope scope, CallArguments arguments)
    {
        var values = arguments.Bind("s", "varname=");
        return values[0] is string text ? scope.Expand(text) : values[0]!;
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
