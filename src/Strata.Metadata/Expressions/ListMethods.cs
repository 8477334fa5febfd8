using System.Collections.Frozen;

namespace Strata.Metadata.Expressions;

/// <summary>The methods of lists, tuples and ranges, and sorting.</summary>
internal static class ListMethods
{
    public static FrozenDictionary<string, Method> Table { get; } = new Dictionary<string, Method>(StringComparer.Ordinal)
    {
        ["append"] = (self, a) => Done(() => Items(self).Add(a.Positional(1, 1)[0])),
        ["clear"] = (self, a) => Done(Items(self).Clear),
        ["copy"] = (self, a) => new ListValue(Items(self)),
        ["count"] = (self, a) => Count(self, a),
        ["extend"] = (self, a) => Done(() => Items(self).AddRange([.. a.Run.Iterate(a.Positional(1, 1)[0])])),
        ["index"] = (self, a) => IndexOf(self, a, "list"),
        ["insert"] = (self, a) => Done(() => Insert(Items(self), Numbers.Index(a.Positional(2, 2)[0]), a[1])),
        ["pop"] = (self, a) => Pop(Items(self), a.Positional(0, 1).Index(0, -1)),
        ["remove"] = (self, a) => Done(() => Remove(Items(self), a.Positional(1, 1)[0])),
        ["reverse"] = (self, a) => Done(Items(self).Reverse),
        ["sort"] = (self, a) => Done(() => SortInPlace(Items(self), a)),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public static FrozenDictionary<string, Method> TupleTable { get; } = new Dictionary<string, Method>(StringComparer.Ordinal)
    {
        ["count"] = Count,
        ["index"] = (self, a) => IndexOf(self, a, "tuple"),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public static FrozenDictionary<string, Method> RangeTable { get; } = new Dictionary<string, Method>(StringComparer.Ordinal)
    {
        ["count"] = Count,
        ["index"] = (self, a) => IndexOf(self, a, "range"),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static List<object> Items(object self) => ((ListValue)self).Items;

    public static None Done(Action action)
    {
        action();
        return None.Value;
    }

    private static object Count(object self, CallArguments arguments)
    {
        var wanted = arguments.Positional(1, 1)[0];
        return CallArguments.Integer(Iteration.Of(self).Count(i => Equality.AreEqual(i, wanted)));
    }

    private static object IndexOf(object self, CallArguments arguments, string kind)
    {
        List<object> items = [.. Iteration.Of(self)];
        var wanted = arguments.Positional(1, 3)[0];
        var (start, stop) = (Bound(arguments.Index(1, 0)), Bound(arguments.Index(2, items.Count)));
        for (var i = start; i < stop; i++)
            if (Equality.AreEqual(items[i], wanted)) return CallArguments.Integer(i);
        throw Fail.Value(kind == "tuple" ? "tuple.index(x): x not in tuple" : $"{Texts.Repr(wanted)} is not in {kind}");

        int Bound(int index) => Math.Clamp(index < 0 ? index + items.Count : index, 0, items.Count);
    }

    private static void Insert(List<object> items, int index, object item) =>
        items.Insert(Math.Clamp(index < 0 ? index + items.Count : index, 0, items.Count), item);

    private static object Pop(List<object> items, int index)
    {
        if (items.Count == 0) throw Fail.Index("pop from empty list");
        if (index < 0) index += items.Count;
        if (index < 0 || index >= items.Count) throw Fail.Index("pop index out of range");
        var item = items[index];
        items.RemoveAt(index);
        return item;
    }

    private static void Remove(List<object> items, object item)
    {
        var index = items.FindIndex(i => Equality.AreEqual(i, item));
        if (index < 0) throw Fail.Value("list.remove(x): x not in list");
        items.RemoveAt(index);
    }

    private static void SortInPlace(List<object> items, CallArguments arguments)
    {
        if (arguments.Count > 0) throw Fail.Type("sort() takes no positional arguments");
        var sorted = Sort(items, arguments);
        items.Clear();
        items.AddRange(sorted);
    }

    /// <summary>A stable sort by key; with reverse, equal items still keep their order.</summary>
    public static List<object> Sort(IEnumerable<object> items, CallArguments arguments)
    {
        object key = None.Value;
        var reverse = false;
        foreach (var (name, value) in arguments.Named)
            if (name == "key") key = value;
            else if (name == "reverse") reverse = Iteration.IsTrue(value);
            else throw Fail.Type($"sort() got an unexpected keyword argument '{name}'");

        var keyed = items.Select(i => (Key: key is None ? i : arguments.Run.Invoke(key, i), Item: i)).ToList();
        var order = Comparer<object>.Create((a, b) => Operators.Order("<", a, b));
        try
        {
            return [.. (reverse ? keyed.OrderByDescending(k => k.Key, order) : keyed.OrderBy(k => k.Key, order)).Select(k => k.Item)];
        }
        catch (InvalidOperationException failed) when (failed.InnerException is ExpressionException inner)
        {
            throw inner;
        }
    }
}
