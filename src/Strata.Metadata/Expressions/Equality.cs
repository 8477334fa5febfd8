using System.Numerics;

namespace Strata.Metadata.Expressions;

/// <summary>Python's <c>==</c> and hash: numbers by value whatever their type, containers by content. Both end, whatever the values hold.</summary>
internal sealed class Equality : IEqualityComparer<object>
{
    /// <summary>Pairs of items within one comparison. Lists that hold each other twice have more than anybody can wait for.</summary>
    private const long MostAtOnce = 1 << 20;

    /// <summary>A clock of this thread that only goes on; whoever limits work reads it before and after.</summary>
    [ThreadStatic]
    private static long s_compared;

    public static Equality Comparer { get; } = new();

    /// <summary>How many items of containers this thread has compared or hashed so far.</summary>
    public static long Compared => s_compared;

    public new bool Equals(object? left, object? right) => AreEqual(left!, right!);

    public static bool AreEqual(object left, object right) => AreEqual(left, right, s_compared + MostAtOnce);

    private static bool AreEqual(object left, object right, long end)
    {
        Fail.IfTooDeep();
        if (ReferenceEquals(left, right)) return left is not double.NaN;
        if (left is string a && right is string b) return a == b;
        if (Numbers.IsInteger(left, out var m) && Numbers.IsInteger(right, out var n)) return m == n;
        if (left is double || right is double)
            return left is double x && right is double y ? x == y : left is double real ? SameNumber(right, real) : SameNumber(left, (double)right);
        return (left, right) switch
        {
            (ListValue l, ListValue r) => SameItems(l.Items, r.Items, end),
            (TupleValue l, TupleValue r) => SameItems(l.Items, r.Items, end),
            (DictValue l, DictValue r) => l.Entries.Count == r.Entries.Count
                && l.Entries.All(e => r.Entries.TryGetValue(e.Key, out var other) && AreEqual(e.Value, other, Counted(end))),
            (SetValue l, SetValue r) => l.Items.SetEquals(r.Items),
            (DictView { Kind: not DictViewKind.Values } l, DictView { Kind: not DictViewKind.Values } r) => Sets.Of(l).Items.SetEquals(Sets.Of(r).Items),
            (DictView { Kind: not DictViewKind.Values } l, SetValue r) => Sets.Of(l).Items.SetEquals(r.Items),
            (SetValue l, DictView { Kind: not DictViewKind.Values } r) => l.Items.SetEquals(Sets.Of(r).Items),
            (RangeValue l, RangeValue r) => SameItems([.. Iteration.Of(l)], [.. Iteration.Of(r)], end),
            (BytesValue l, BytesValue r) => l.Bytes.AsSpan().SequenceEqual(r.Bytes.AsSpan()),
            (ModuleValue l, ModuleValue r) => l.Path == r.Path,
            (SliceValue l, SliceValue r) => AreEqual(l.Start, r.Start) && AreEqual(l.Stop, r.Stop) && AreEqual(l.Step, r.Step),
            (ExceptionType l, ExceptionType r) => l.Name == r.Name,
            _ => false,
        };
    }

    private static bool SameNumber(object integer, double real) =>
        Numbers.IsInteger(integer, out var whole) && double.IsFinite(real) && Math.Floor(real) == real && new BigInteger(real) == whole;

    private static bool SameItems(IReadOnlyList<object> left, IReadOnlyList<object> right, long end)
    {
        if (left.Count != right.Count) return false;
        for (var i = 0; i < left.Count; i++)
            if (!ReferenceEquals(left[i], right[i]) && !AreEqual(left[i], right[i], Counted(end))) return false;
        return true;
    }

    private static long Counted(long end) => ++s_compared > end ? throw Fail.TooLong("comparing the two values takes too long") : end;

    /// <summary>True, or Python's complaint; an empty table would never ask.</summary>
    public static bool IsHashable(object value)
    {
        _ = Comparer.GetHashCode(value);
        return true;
    }

    public int GetHashCode(object value) => HashOf(value, s_compared + MostAtOnce);

    private static int HashOf(object value, long end)
    {
        Fail.IfTooDeep();
        switch (value)
        {
            case string text:
                return text.GetHashCode(StringComparison.Ordinal);
            case double real:
                return double.IsFinite(real) && Math.Floor(real) == real ? new BigInteger(real).GetHashCode() : real.GetHashCode();
            case TupleValue tuple:
                var hash = new HashCode();
                foreach (var item in tuple.Items) hash.Add(HashOf(item, Counted(end)));
                return hash.ToHashCode();
            case SetValue { Frozen: true } set:
                return set.Items.Aggregate(0, (sum, item) => sum ^ HashOf(item, Counted(end)));
            case BytesValue bytes:
                return bytes.Bytes.Aggregate(17, (sum, item) => (sum * 31) + item);
            case ListValue or DictValue or SetValue or SliceValue:
                throw Fail.Type($"unhashable type: '{Texts.TypeName(value)}'");
            case RangeValue:
                return 7;
            default:
                return Numbers.IsInteger(value, out var whole) ? whole.GetHashCode() : value.GetHashCode();
        }
    }
}
