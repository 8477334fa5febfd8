namespace Strata.Metadata.Expressions;

/// <summary>Walking over values, truth and length.</summary>
internal static class Iteration
{
    public static IEnumerable<object> Of(object value) => value switch
    {
        string text => CodePoints.Split(text),
        ListValue list => Items(list),
        TupleValue tuple => tuple.Items,
        SetValue set => set.Ordered,
        DictValue dict => Keys(dict),
        DictView view => view.Items,
        RangeValue range => Items(range),
        IteratorValue iterator => Items(iterator),
        BytesValue bytes => bytes.Bytes.Select(b => (object)new System.Numerics.BigInteger(b)),
        DatastoreValue => throw Fail.Unsupported("walking over all of 'd'"),
        UnameValue => throw Fail.Impure("walking over os.uname()", "reads the host"),
        _ => throw Fail.Type($"'{Texts.TypeName(value)}' object is not iterable"),
    };

    /// <summary>A list may change while it is walked; what was appended is reached.</summary>
    private static IEnumerable<object> Items(ListValue list)
    {
        for (var i = 0; i < list.Items.Count; i++) yield return list.Items[i];
    }

    private static IEnumerable<object> Items(RangeValue range)
    {
        for (long i = 0; i < range.Length; i++) yield return new System.Numerics.BigInteger(range.Start + (i * range.Step));
    }

    private static IEnumerable<object> Items(IteratorValue iterator)
    {
        while (iterator.Next() is { } item) yield return item;
    }

    /// <summary>The keys in order; a dictionary must not change its size meanwhile.</summary>
    public static IEnumerable<object> Keys(DictValue dict)
    {
        var count = dict.Entries.Count;
        for (var i = 0; i < count; i++)
        {
            yield return dict.Entries.GetAt(i).Key;
            if (dict.Entries.Count != count) throw new ExpressionException("RuntimeError", "dictionary changed size during iteration");
        }
    }

    public static bool IsTrue(object value) => value switch
    {
        None => false,
        bool flag => flag,
        System.Numerics.BigInteger number => !number.IsZero,
        double real => real != 0,
        IteratorValue or ModuleValue or TypeValue or ExceptionType or ExceptionValue or FunctionValue or BuiltinFunction or BoundMethod => true,
        PatternValue or MatchValue or SliceValue or UnameValue or HashValue => true,
        DatastoreValue => throw Fail.Unsupported("the truth of 'd'"),
        _ => Length(value) != 0,
    };

    public static long Length(object value) => value switch
    {
        string text => CodePoints.Length(text),
        ListValue list => list.Items.Count,
        TupleValue tuple => tuple.Items.Length,
        SetValue set => set.Items.Count,
        DictValue dict => dict.Entries.Count,
        DictView view => view.Dict.Entries.Count,
        RangeValue range => range.Length,
        BytesValue bytes => bytes.Bytes.Length,
        DatastoreValue => throw Fail.Unsupported("len(d)"),
        _ => throw Fail.Type($"object of type '{Texts.TypeName(value)}' has no len()"),
    };
}
