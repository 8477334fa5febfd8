using System.Collections.Frozen;

namespace Strata.Metadata.Expressions;

/// <summary>The methods of sets; frozen sets have those that change nothing.</summary>
internal static class SetMethods
{
    private static readonly Dictionary<string, Method> s_reading = new(StringComparer.Ordinal)
    {
        ["copy"] = (self, a) => new SetValue(Of(self).Items, Of(self).Frozen),
        ["difference"] = (self, a) => Fold("-", self, a),
        ["intersection"] = (self, a) => Fold("&", self, a),
        ["isdisjoint"] = (self, a) => !Of(self).Items.Overlaps(Other(a)),
        ["issubset"] = (self, a) => Of(self).Items.IsSubsetOf(new SetValue(Other(a)).Items),
        ["issuperset"] = (self, a) => Of(self).Items.IsSupersetOf(Other(a)),
        ["symmetric_difference"] = (self, a) => Fold("^", self, a.Positional(1, 1)),
        ["union"] = (self, a) => Fold("|", self, a),
    };

    public static FrozenDictionary<string, Method> FrozenTable { get; } = s_reading.ToFrozenDictionary(StringComparer.Ordinal);

    public static FrozenDictionary<string, Method> Table { get; } = new Dictionary<string, Method>(s_reading, StringComparer.Ordinal)
    {
        ["add"] = (self, a) => ListMethods.Done(() => Of(self).Items.Add(a.Positional(1, 1)[0])),
        ["clear"] = (self, a) => ListMethods.Done(Of(self).Items.Clear),
        ["difference_update"] = (self, a) => Become(self, Fold("-", self, a)),
        ["discard"] = (self, a) => ListMethods.Done(() => Of(self).Items.Remove(a.Positional(1, 1)[0])),
        ["intersection_update"] = (self, a) => Become(self, Fold("&", self, a)),
        ["pop"] = (self, a) => Pop(Of(self)),
        ["remove"] = (self, a) => Of(self).Items.Remove(a.Positional(1, 1)[0]) ? None.Value : throw Fail.Key(a[0]),
        ["symmetric_difference_update"] = (self, a) => Become(self, Fold("^", self, a)),
        ["update"] = (self, a) => Become(self, Fold("|", self, a)),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static SetValue Of(object self) => (SetValue)self;

    private static List<object> Other(CallArguments arguments) => [.. arguments.Run.Iterate(arguments.Positional(1, 1)[0])];

    private static SetValue Fold(string name, object self, CallArguments arguments)
    {
        if (arguments.Named.Count > 0) throw Fail.Type($"{arguments.Function}() takes no keyword arguments");
        var result = new SetValue(Of(self).Items, Of(self).Frozen);
        foreach (var other in arguments.All) result = Sets.Combine(name, result, new(arguments.Run.Iterate(other)));
        return result;
    }

    private static None Become(object self, SetValue value)
    {
        Of(self).Items.Clear();
        Of(self).Items.UnionWith(value.Items);
        return None.Value;
    }

    private static object Pop(SetValue set)
    {
        if (set.Items.Count > 1) throw Fail.Unsupported("set.pop(), which takes any item,");
        var item = set.Items.Count == 1 ? set.Items.First() : throw new ExpressionException("KeyError", "'pop from an empty set'");
        set.Items.Clear();
        return item;
    }
}
