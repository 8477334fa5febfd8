using System.Collections.Frozen;

namespace Strata.Metadata.Expressions;

/// <summary>The methods of dictionaries and their views.</summary>
internal static class DictMethods
{
    public static FrozenDictionary<string, Method> Table { get; } = new Dictionary<string, Method>(StringComparer.Ordinal)
    {
        ["clear"] = (self, a) => ListMethods.Done(Of(self).Entries.Clear),
        ["copy"] = (self, a) => Copy(Of(self)),
        ["get"] = (self, a) => Equality.IsHashable(a.Positional(1, 2)[0]) && Of(self).Entries.TryGetValue(a[0], out var value) ? value : a.Count > 1 ? a[1] : None.Value,
        ["items"] = (self, a) => View(self, a, DictViewKind.Items),
        ["keys"] = (self, a) => View(self, a, DictViewKind.Keys),
        ["pop"] = (self, a) => Pop(Of(self), a.Positional(1, 2)),
        ["popitem"] = (self, a) => PopItem(Of(self)),
        ["setdefault"] = (self, a) => SetDefault(Of(self), a.Positional(1, 2)),
        ["update"] = (self, a) => ListMethods.Done(() => Update(Of(self), a)),
        ["values"] = (self, a) => View(self, a, DictViewKind.Values),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public static FrozenDictionary<string, Method> ViewTable { get; } = new Dictionary<string, Method>(StringComparer.Ordinal)
    {
        ["isdisjoint"] = (self, a) => !Sets.Of(self).Items.Overlaps(Iteration.Of(a.Positional(1, 1)[0])),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static DictValue Of(object self) => (DictValue)self;

    private static DictView View(object self, CallArguments arguments, DictViewKind kind)
    {
        _ = arguments.Positional(0, 0);
        return new(Of(self), kind);
    }

    private static DictValue Copy(DictValue dict)
    {
        var copy = new DictValue { IsOrderedDict = dict.IsOrderedDict };
        foreach (var (key, value) in dict.Entries) copy.Entries[key] = value;
        return copy;
    }

    private static object Pop(DictValue dict, CallArguments arguments) =>
        dict.Entries.Remove(arguments[0], out var value) ? value : arguments.Count > 1 ? arguments[1] : throw Fail.Key(arguments[0]);

    private static TupleValue PopItem(DictValue dict)
    {
        if (dict.Entries.Count == 0) throw new ExpressionException("KeyError", "'popitem(): dictionary is empty'");
        var (key, value) = dict.Entries.GetAt(dict.Entries.Count - 1);
        dict.Entries.RemoveAt(dict.Entries.Count - 1);
        return TupleValue.Of(key, value);
    }

    private static object SetDefault(DictValue dict, CallArguments arguments)
    {
        if (dict.Entries.TryGetValue(arguments[0], out var known)) return known;
        return dict.Entries[arguments[0]] = arguments.Count > 1 ? arguments[1] : None.Value;
    }

    /// <summary>What <c>dict(…)</c> and <c>update(…)</c> take: a mapping or pairs, then named values.</summary>
    public static DictValue Update(DictValue dict, CallArguments arguments)
    {
        if (arguments.Count > 1) throw Fail.Type($"{arguments.Function} expected at most 1 argument, got {arguments.Count}");
        if (arguments.Count == 1 && arguments[0] is DictValue other)
            foreach (var (key, value) in other.Entries.ToList()) dict.Entries[key] = value;
        else if (arguments.Count == 1)
            foreach (var pair in arguments.Run.Iterate(arguments[0])) Add(dict, pair);
        foreach (var (name, value) in arguments.Named) dict.Entries[name] = value;
        return dict;
    }

    private static void Add(DictValue dict, object pair)
    {
        if (pair is not (string or ListValue or TupleValue or SetValue or DictValue)) throw Fail.Type("cannot convert dictionary update sequence element to a sequence");
        List<object> items = [.. Iteration.Of(pair)];
        if (items.Count != 2) throw Fail.Value($"dictionary update sequence element has length {items.Count}; 2 is required");
        dict.Entries[items[0]] = items[1];
    }

    public static DictValue FromKeys(CallArguments arguments)
    {
        var dict = new DictValue();
        foreach (var key in arguments.Run.Iterate(arguments.Positional(1, 2)[0])) dict.Entries[key] = arguments.Count > 1 ? arguments[1] : None.Value;
        return dict;
    }
}
