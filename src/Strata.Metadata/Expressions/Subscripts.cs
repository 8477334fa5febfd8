using System.Numerics;

namespace Strata.Metadata.Expressions;

/// <summary>Reading, setting and deleting by index, key and slice.</summary>
internal static class Subscripts
{
    public static object Get(object target, object index, Interpreter run)
    {
        if (index is SliceValue slice) return Slice(target, slice);
        switch (target)
        {
            case string text:
                return CodePoints.AreUnits(text) ? text[Position(index, text.Length, "string")].ToString() : At(CodePoints.Split(text), index, "string");
            case ListValue list: return At(list.Items, index, "list");
            case TupleValue tuple: return At(tuple.Items, index, "tuple");
            case DictValue dict: return dict.Entries.TryGetValue(index, out var value) ? value : throw Fail.Key(index);
            case RangeValue range: return new BigInteger(range.Start + (Position(index, (int)Math.Min(range.Length, int.MaxValue), "range object") * range.Step));
            case BytesValue bytes: return new BigInteger(bytes.Bytes[Position(index, bytes.Bytes.Length, "bytes")]);
            case UnameValue uname: return HostModule.Field(uname, index);
            case MatchValue match: return ReModule.Group(match, index);
            case DatastoreValue datastore when index is string name: return (datastore.Copy ?? run.Scope).Get(name, expand: true) ?? throw Fail.Key(index);
            default: throw Fail.Type($"'{Texts.TypeName(target)}' object is not subscriptable");
        }
    }

    private static object At(IReadOnlyList<object> items, object index, string kind) => items[Position(index, items.Count, kind)];

    private static int Position(object index, int count, string kind)
    {
        if (index is not (BigInteger or bool)) throw Fail.Type($"{kind} indices must be integers or slices, not {Texts.TypeName(index)}");
        var position = Numbers.Index(index);
        if (position < 0) position += count;
        return position >= 0 && position < count ? position : throw Fail.Index($"{kind} index out of range");
    }

    private static object Slice(object target, SliceValue slice)
    {
        if (target is not (string or ListValue or TupleValue or RangeValue or BytesValue))
            throw target is DictValue ? Fail.Type("unhashable type: 'slice'") : Fail.Type($"'{Texts.TypeName(target)}' object is not subscriptable");
        var (start, stop, step) = Bounds(slice, (int)Math.Min(Iteration.Length(target), int.MaxValue));
        if (target is string text && step == 1 && CodePoints.AreUnits(text)) return start < stop ? text[start..stop] : "";
        var picked = Picked(start, stop, step);
        return target switch
        {
            string whole => CodePoints.Split(whole) is var points ? string.Concat(picked.Select(i => points[i])) : "",
            ListValue list => new ListValue(picked.Select(i => list.Items[i])),
            TupleValue tuple => new TupleValue([.. picked.Select(i => tuple.Items[i])]),
            BytesValue bytes => new BytesValue([.. picked.Select(i => bytes.Bytes[i])]),
            RangeValue range => new RangeValue(range.Start + (start * range.Step), range.Start + (stop * range.Step), range.Step * step),
            _ => throw new NotSupportedException(),
        };
    }

    private static IEnumerable<int> Picked(int start, int stop, int step)
    {
        for (long i = start; step > 0 ? i < stop : i > stop; i += step) yield return (int)i;
    }

    /// <summary>The bounds that Python's <c>slice.indices</c> gives.</summary>
    private static (int Start, int Stop, int Step) Bounds(SliceValue slice, int count)
    {
        var step = slice.Step is None ? 1 : Part(slice.Step);
        if (step == 0) throw Fail.Value("slice step cannot be zero");
        var (low, high) = step > 0 ? (0, count) : (-1, count - 1);
        return (Clamp(slice.Start, step > 0 ? low : high), Clamp(slice.Stop, step > 0 ? high : low), step);

        int Clamp(object value, int fallback)
        {
            if (value is None) return fallback;
            var position = Part(value);
            if (position < 0) position += count;
            return Math.Clamp(position, low, high);
        }

        static int Part(object value) =>
            value is BigInteger or bool ? Numbers.Index(value) : throw Fail.Type("slice indices must be integers or None or have an __index__ method");
    }

    public static void Set(object target, object index, object value)
    {
        switch (target)
        {
            case ListValue list when index is SliceValue slice:
                var (start, stop, step) = Bounds(slice, list.Items.Count);
                if (step != 1) throw Fail.Unsupported("assignment to a slice with steps");
                List<object> items = [.. Iteration.Of(value)];
                list.Items.RemoveRange(start, Math.Max(0, stop - start));
                list.Items.InsertRange(start, items);
                break;
            case ListValue list:
                list.Items[Position(index, list.Items.Count, "list assignment")] = value;
                break;
            case DictValue dict:
                dict.Entries[index] = value;
                break;
            case DatastoreValue:
                throw Fail.Impure("d[…] = …", "changes the datastore");
            default:
                throw Fail.Type($"'{Texts.TypeName(target)}' object does not support item assignment");
        }
    }

    public static void Delete(object target, object index)
    {
        switch (target)
        {
            case ListValue list when index is SliceValue slice:
                foreach (var position in PickedOf(slice, list.Items.Count).OrderDescending()) list.Items.RemoveAt(position);
                break;
            case ListValue list:
                list.Items.RemoveAt(Position(index, list.Items.Count, "list assignment"));
                break;
            case DictValue dict:
                if (!dict.Entries.Remove(index)) throw Fail.Key(index);
                break;
            case DatastoreValue:
                throw Fail.Impure("del d[…]", "changes the datastore");
            default:
                throw Fail.Type($"'{Texts.TypeName(target)}' object doesn't support item deletion");
        }
    }

    private static IEnumerable<int> PickedOf(SliceValue slice, int count)
    {
        var (start, stop, step) = Bounds(slice, count);
        return [.. Picked(start, stop, step)];
    }
}
