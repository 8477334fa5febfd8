using System.Globalization;
using System.Numerics;
using System.Text;

namespace Strata.Metadata.Expressions;

/// <summary>Python's <c>str</c>, <c>repr</c>, <c>ascii</c> and names of types.</summary>
internal static class Texts
{
    public static string Str(object value) => value switch
    {
        string text => text,
        ListValue { Separator: { } separator } list => string.Join(separator, list.Items.Select(i => i as string ?? throw Fail.Type($"sequence item: expected str instance, {TypeName(i)} found"))),
        ExceptionValue exception => exception.Arguments.Items.Length switch
        {
            0 => "",
            1 => exception.Kind == "KeyError" ? Repr(exception.Arguments.Items[0]) : Str(exception.Arguments.Items[0]),
            _ => Repr(exception.Arguments),
        },
        _ => Repr(value),
    };

    public static string Repr(object value)
    {
        Fail.IfTooDeep();
        return ReprOf(value);
    }

    private static string ReprOf(object value) => value switch
    {
        string text => Quote(text, asciiOnly: false),
        None => "None",
        bool flag => flag ? "True" : "False",
        BigInteger number => Numbers.Text(number),
        double real => Numbers.Text(real),
        ListValue list => Joined("[", list.Items, "]"),
        TupleValue { Items: [var single] } => $"({Repr(single)},)",
        TupleValue tuple => Joined("(", tuple.Items, ")"),
        DictValue { IsOrderedDict: true } dict => $"OrderedDict({(dict.Entries.Count == 0 ? "" : Joined("[", new DictView(dict, DictViewKind.Items).Items, "]"))})",
        DictValue { Entries.Count: 0 } => "{}",
        DictValue dict => Joined("{", dict.Entries.Select(e => $"{Repr(e.Key)}: {Repr(e.Value)}"), "}"),
        SetValue { Items.Count: 0 } set => set.Frozen ? "frozenset()" : "set()",
        SetValue set => Joined(set.Frozen ? "frozenset({" : "{", set.Ordered, set.Frozen ? "})" : "}"),
        DictView view => Joined($"{TypeName(view)}([", view.Items, "])"),
        RangeValue { Step: 1 } range => string.Create(CultureInfo.InvariantCulture, $"range({range.Start}, {range.Stop})"),
        RangeValue range => string.Create(CultureInfo.InvariantCulture, $"range({range.Start}, {range.Stop}, {range.Step})"),
        SliceValue slice => $"slice({Repr(slice.Start)}, {Repr(slice.Stop)}, {Repr(slice.Step)})",
        BytesValue bytes => Quote(bytes),
        TypeValue type => $"<class '{type.Name}'>",
        ExceptionType type => $"<class '{type.Name}'>",
        ExceptionValue exception => exception.Kind + (exception.Arguments.Items is [var only] ? $"({Repr(only)})" : Repr(exception.Arguments)),
        BuiltinFunction function when !function.Name.Contains('.', StringComparison.Ordinal) => $"<built-in function {function.Name}>",
        DatastoreValue => DatastoreValue.Text,
        _ => throw Fail.Unsupported($"the text of a {TypeName(value)}, which is an address,"),
    };

    private static string Joined(string open, IEnumerable<object> items, string close) => Joined(open, items.Select(Repr), close);

    private static string Joined(string open, IEnumerable<string> items, string close)
    {
        var result = new StringBuilder(open);
        foreach (var item in items)
        {
            if (result.Length + item.Length > Operators.MostItems) throw Operators.TooLarge();
            _ = (result.Length > open.Length ? result.Append(", ") : result).Append(item);
        }
        return result.Append(close).ToString();
    }

    public static string Ascii(object value)
    {
        var text = Repr(value);
        if (System.Text.Ascii.IsValid(text)) return text;
        var result = new StringBuilder();
        foreach (var point in CodePoints.Split(text)) AppendEscaped(result, point, asciiOnly: true);
        return result.ToString();
    }

    /// <summary>Single quotes, unless there are single and no double quotes inside.</summary>
    private static string Quote(string text, bool asciiOnly)
    {
        var quote = text.Contains('\'', StringComparison.Ordinal) && !text.Contains('"', StringComparison.Ordinal) ? '"' : '\'';
        var result = new StringBuilder().Append(quote);
        foreach (var point in CodePoints.Split(text))
        {
            if (point[0] == quote || point[0] == '\\') result.Append('\\').Append(point);
            else AppendEscaped(result, point, asciiOnly);
        }
        return result.Append(quote).ToString();
    }

    private static void AppendEscaped(StringBuilder result, string point, bool asciiOnly)
    {
        var code = point.Length == 2 ? char.ConvertToUtf32(point[0], point[1]) : point[0];
        _ = code switch
        {
            '\n' => result.Append("\\n"),
            '\r' => result.Append("\\r"),
            '\t' => result.Append("\\t"),
            >= ' ' and < 0x7F => result.Append(point),
            < 0x100 when code < 0xA1 || code == 0xAD || asciiOnly => result.Append(CultureInfo.InvariantCulture, $"\\x{code:x2}"),
            _ when IsPrintable(point) && !asciiOnly => result.Append(point),
            < 0x10000 => result.Append(CultureInfo.InvariantCulture, $"\\u{code:x4}"),
            _ => result.Append(CultureInfo.InvariantCulture, $"\\U{code:x8}"),
        };
    }

    public static bool IsPrintable(string point) => point == " " || CharUnicodeInfo.GetUnicodeCategory(point, 0) is not
        (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned
            or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.SpaceSeparator);

    private static string Quote(BytesValue bytes)
    {
        var text = Encoding.Latin1.GetString(bytes.Bytes.AsSpan());
        var quote = text.Contains('\'', StringComparison.Ordinal) && !text.Contains('"', StringComparison.Ordinal) ? '"' : '\'';
        var result = new StringBuilder("b").Append(quote);
        foreach (var c in text)
            if (c == quote || c == '\\') result.Append('\\').Append(c);
            else AppendEscaped(result, c.ToString(), asciiOnly: true);
        return result.Append(quote).ToString();
    }

    public static string TypeName(object value) => value switch
    {
        None => "NoneType",
        bool => "bool",
        BigInteger => "int",
        double => "float",
        string => "str",
        ListValue => "list",
        TupleValue => "tuple",
        DictValue => "dict",
        SetValue set => set.Frozen ? "frozenset" : "set",
        DictView view => view.Kind switch { DictViewKind.Keys => "dict_keys", DictViewKind.Values => "dict_values", _ => "dict_items" },
        RangeValue => "range",
        SliceValue => "slice",
        BytesValue => "bytes",
        IteratorValue iterator => iterator.Kind,
        ModuleValue => "module",
        HashValue => "_hashlib.HASH",
        UnameValue => "posix.uname_result",
        DatastoreValue => "DataSmart",
        TypeValue or ExceptionType => "type",
        ExceptionValue exception => exception.Kind,
        FunctionValue => "function",
        BuiltinFunction or BoundMethod => "builtin_function_or_method",
        PatternValue => "re.Pattern",
        MatchValue => "re.Match",
        _ => throw new NotSupportedException(value.GetType().Name),
    };
}
