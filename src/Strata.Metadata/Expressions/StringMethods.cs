using System.Collections.Frozen;
using System.Text;

namespace Strata.Metadata.Expressions;

/// <summary>The methods of strings, but for those about letter case and kind, which <see cref="StringCase"/> has.</summary>
internal static class StringMethods
{
    public static FrozenDictionary<string, Method> Table { get; } = new Dictionary<string, Method>(StringCase.Methods, StringComparer.Ordinal)
    {
        ["center"] = (self, a) => Pad(self, a, Center),
        ["count"] = (self, a) => CallArguments.Integer(Count(self, a.Positional(1, 3))),
        ["encode"] = (self, a) => BytesMethods.IsUtf8(a.Bind("encoding=", "errors=")[0]) ? new BytesValue([.. Encoding.UTF8.GetBytes((string)self)]) : throw Fail.Unsupported("an encoding other than UTF-8"),
        ["endswith"] = (self, a) => Affix(self, a.Positional(1, 3), static (text, affix) => text.EndsWith(affix)),
        ["expandtabs"] = (self, a) => ExpandTabs((string)self, Numbers.Index(a.Bind("tabsize=")[0] ?? CallArguments.Integer(8))),
        ["find"] = (self, a) => CallArguments.Integer(Find(self, a.Positional(1, 3), last: false)),
        ["format"] = (self, a) => FormatMethod.Format((string)self, a),
        ["format_map"] = (self, a) => FormatMethod.FormatMap((string)self, a.Positional(1, 1)),
        ["index"] = (self, a) => Found(Find(self, a.Positional(1, 3), last: false)),
        ["join"] = (self, a) => Join((string)self, a.Positional(1, 1)),
        ["ljust"] = (self, a) => Pad(self, a, static (text, fill, count, _) => text + Repeated(fill, count)),
        ["lstrip"] = (self, a) => Strip(self, a, left: true, right: false),
        ["partition"] = (self, a) => Partition((string)self, Separator(a), last: false),
        ["removeprefix"] = (self, a) => ((string)self).StartsWith(a.Positional(1, 1).Text(0), StringComparison.Ordinal) ? ((string)self)[a.Text(0).Length..] : self,
        ["removesuffix"] = (self, a) => ((string)self).EndsWith(a.Positional(1, 1).Text(0), StringComparison.Ordinal) ? ((string)self)[..^a.Text(0).Length] : self,
        ["replace"] = (self, a) => Replace((string)self, a),
        ["rfind"] = (self, a) => CallArguments.Integer(Find(self, a.Positional(1, 3), last: true)),
        ["rindex"] = (self, a) => Found(Find(self, a.Positional(1, 3), last: true)),
        ["rjust"] = (self, a) => Pad(self, a, static (text, fill, count, _) => Repeated(fill, count) + text),
        ["rpartition"] = (self, a) => Partition((string)self, Separator(a), last: true),
        ["rsplit"] = (self, a) => Split((string)self, a, fromRight: true),
        ["rstrip"] = (self, a) => Strip(self, a, left: false, right: true),
        ["split"] = (self, a) => Split((string)self, a, fromRight: false),
        ["splitlines"] = (self, a) => SplitLines((string)self, a.Bind("keepends=")[0] is { } keep && Iteration.IsTrue(keep)),
        ["startswith"] = (self, a) => Affix(self, a.Positional(1, 3), static (text, affix) => text.StartsWith(affix)),
        ["strip"] = (self, a) => Strip(self, a, left: true, right: true),
        ["translate"] = (self, a) => Translate((string)self, a.Positional(1, 1)[0]),
        ["zfill"] = (self, a) => ZeroFill((string)self, Numbers.Index(a.Positional(1, 1)[0])),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static string Repeated(string fill, int count) => count > Operators.MostItems ? throw Operators.TooLarge() : CodePoints.Repeat(fill, count);

    private static string Pad(object self, CallArguments arguments, Func<string, string, int, int, string> pad)
    {
        var text = (string)self;
        var width = Numbers.Index(arguments.Positional(1, 2)[0]);
        var fill = arguments.Count > 1 ? arguments.Text(1) : " ";
        if (CodePoints.Length(fill) != 1) throw Fail.Type("The fill character must be exactly one character long");
        var missing = width - CodePoints.Length(text);
        return missing <= 0 ? text : pad(text, fill, missing, width);
    }

    /// <summary>Of an odd number of fill characters, the left side gets one more where the width is odd.</summary>
    private static string Center(string text, string fill, int missing, int width)
    {
        var left = (missing / 2) + (missing & width & 1);
        return Repeated(fill, left) + text + Repeated(fill, missing - left);
    }

    /// <summary>The part of the text between the optional bounds in arguments 1 and 2, and where it starts; null if the start is beyond the end.</summary>
    private static (string Part, int Start)? Window(string text, CallArguments arguments)
    {
        if (arguments.Count < 2) return (text, 0);
        var length = CodePoints.Length(text);
        var start = Bound(arguments[1], 0);
        var stop = arguments.Count > 2 ? Bound(arguments[2], length) : length;
        if (start > length || start > stop) return null;
        var (from, to) = (CodePoints.ToUnits(text, start), CodePoints.ToUnits(text, Math.Min(stop, length)));
        return (text[from..to], from);

        int Bound(object value, int fallback)
        {
            if (value is None) return fallback;
            var index = Numbers.Index(value);
            return index < 0 ? Math.Max(0, index + length) : index;
        }
    }

    private static int Count(object self, CallArguments arguments)
    {
        var wanted = arguments.Text(0);
        if (Window((string)self, arguments) is not var (part, _)) return 0;
        return wanted.Length == 0 ? CodePoints.Length(part) + 1 : part.AsSpan().Count(wanted);
    }

    private static int Find(object self, CallArguments arguments, bool last)
    {
        var wanted = arguments.Text(0);
        if (Window((string)self, arguments) is not var (part, start)) return -1;
        var index = last ? part.LastIndexOf(wanted, StringComparison.Ordinal) : part.IndexOf(wanted, StringComparison.Ordinal);
        return index < 0 ? -1 : CodePoints.FromUnits((string)self, start + index);
    }

    private static object Found(int index) => index < 0 ? throw Fail.Value("substring not found") : CallArguments.Integer(index);

    private delegate bool AffixTest(ReadOnlySpan<char> text, string affix);

    private static object Affix(object self, CallArguments arguments, AffixTest test)
    {
        if (arguments[0] is not (string or TupleValue))
            throw Fail.Type($"{arguments.Function} first arg must be str or a tuple of str, not {Texts.TypeName(arguments[0])}");
        if (Window((string)self, arguments) is not var (part, _)) return false;
        return arguments[0] is TupleValue tuple ? tuple.Items.Any(i => test(part, arguments.Text(i))) : test(part, arguments.Text(0));
    }

    private static string ExpandTabs(string text, int size)
    {
        var result = new StringBuilder();
        var column = 0;
        foreach (var point in CodePoints.Split(text))
        {
            if (point == "\t")
            {
                var fill = size > 0 ? size - (column % size) : 0;
                result.Append(' ', fill);
                column += fill;
                continue;
            }
            result.Append(point);
            column = point is "\n" or "\r" ? 0 : column + 1;
        }
        return result.ToString();
    }

    private static string Join(string separator, CallArguments arguments)
    {
        var result = new StringBuilder();
        var index = 0;
        foreach (var item in arguments.Run.Iterate(arguments[0]))
        {
            if (item is not string text) throw Fail.Type($"sequence item {index}: expected str instance, {Texts.TypeName(item)} found");
            if (index++ > 0) result.Append(separator);
            result.Append(text);
            if (result.Length > Operators.MostItems) throw Operators.TooLarge();
        }
        return result.ToString();
    }

    private static string Strip(object self, CallArguments arguments, bool left, bool right)
    {
        var text = (string)self;
        if (arguments.Positional(0, 1).Count == 0 || arguments[0] is None)
        {
            var (from, to) = (0, text.Length);
            while (left && from < to && CodePoints.IsSpace(text[from])) from++;
            while (right && to > from && CodePoints.IsSpace(text[to - 1])) to--;
            return text[from..to];
        }
        var set = arguments.Text(0).ToHashSet();
        if (!CodePoints.AreUnits(arguments.Text(0))) throw Fail.Unsupported($"{arguments.Function} of characters beyond U+FFFF");
        var (start, end) = (0, text.Length);
        while (left && start < end && set.Contains(text[start])) start++;
        while (right && end > start && set.Contains(text[end - 1])) end--;
        return text[start..end];
    }

    private static string Separator(CallArguments arguments) =>
        arguments.Positional(1, 1).Text(0) is { Length: > 0 } separator ? separator : throw Fail.Value("empty separator");

    private static TupleValue Partition(string text, string separator, bool last)
    {
        var index = last ? text.LastIndexOf(separator, StringComparison.Ordinal) : text.IndexOf(separator, StringComparison.Ordinal);
        if (index >= 0) return TupleValue.Of(text[..index], separator, text[(index + separator.Length)..]);
        return last ? TupleValue.Of("", "", text) : TupleValue.Of(text, "", "");
    }

    private static string ReplaceAll(string text, string old, string fresh) =>
        text.Length + ((long)text.AsSpan().Count(old) * (fresh.Length - old.Length)) > Operators.MostItems
            ? throw Operators.TooLarge()
            : text.Replace(old, fresh, StringComparison.Ordinal);

    private static string Replace(string text, CallArguments arguments)
    {
        var values = arguments.Bind("old", "new", "count=");
        var (old, fresh) = (arguments.Text(values[0]), arguments.Text(values[1]));
        var most = values[2] is { } given ? Numbers.Index(given) : -1;
        if (most == 0) return text;
        if (old.Length > 0 && (most < 0 || text.AsSpan().Count(old) <= most)) return ReplaceAll(text, old, fresh);

        var result = new StringBuilder();
        var at = 0;
        if (old.Length == 0)
        {
            var points = CodePoints.Split(text);
            for (; at < points.Length; at++) result.Append(most < 0 || at < most ? fresh : "").Append(points[at]);
            return result.Append(most < 0 || at < most ? fresh : "").ToString();
        }
        for (int index; most-- > 0 && (index = text.IndexOf(old, at, StringComparison.Ordinal)) >= 0; at = index + old.Length) result.Append(text, at, index - at).Append(fresh);
        return result.Append(text, at, text.Length - at).ToString();
    }

    private static ListValue Split(string text, CallArguments arguments, bool fromRight)
    {
        var values = arguments.Bind("sep=", "maxsplit=");
        var most = values[1] is { } given ? Numbers.Index(given) : -1;
        if (most < 0) most = int.MaxValue;
        if (values[0] is null or None) return new(fromRight ? WordsFromRight(text, most) : Words(text, most));
        var separator = arguments.Text(values[0]);
        if (separator.Length == 0) throw Fail.Value("empty separator");
        return new(fromRight ? PartsFromRight(text, separator, most) : Parts(text, separator, most));
    }

    private static List<object> Words(string text, int most)
    {
        var words = new List<object>();
        var at = 0;
        while (words.Count < most && CodePoints.NextWord(text, ref at) is { IsEmpty: false } word) words.Add(word.ToString());
        while (at < text.Length && CodePoints.IsSpace(text[at])) at++;
        if (at < text.Length) words.Add(text[at..]);
        return words;
    }

    private static List<object> WordsFromRight(string text, int most)
    {
        var words = new List<object>();
        var end = text.Length;
        while (true)
        {
            while (end > 0 && CodePoints.IsSpace(text[end - 1])) end--;
            if (end == 0) break;
            if (words.Count == most)
            {
                words.Add(text[..end]);
                break;
            }
            var start = end;
            while (start > 0 && !CodePoints.IsSpace(text[start - 1])) start--;
            words.Add(text[start..end]);
            end = start;
        }
        words.Reverse();
        return words;
    }

    private static List<object> Parts(string text, string separator, int most)
    {
        var parts = new List<object>();
        var at = 0;
        for (int index; parts.Count < most && (index = text.IndexOf(separator, at, StringComparison.Ordinal)) >= 0; at = index + separator.Length) parts.Add(text[at..index]);
        parts.Add(text[at..]);
        return parts;
    }

    private static List<object> PartsFromRight(string text, string separator, int most)
    {
        var parts = new List<object>();
        var end = text.Length;
        for (int index; parts.Count < most && (index = text.AsSpan(0, end).LastIndexOf(separator)) >= 0; end = index) parts.Add(text[(index + separator.Length)..end]);
        parts.Add(text[..end]);
        parts.Reverse();
        return parts;
    }

    private static ListValue SplitLines(string text, bool keepEnds)
    {
        var lines = new List<object>();
        for (var at = 0; at < text.Length;)
        {
            var end = at;
            while (end < text.Length && text[end] is not ((>= '\n' and <= '\r') or (>= '\x1c' and <= '\x1e') or '\x85' or '\u2028' or '\u2029')) end++;
            var next = end < text.Length ? end + 1 : end;
            if (end + 1 < text.Length && text[end] == '\r' && text[end + 1] == '\n') next++;
            lines.Add(text[at..(keepEnds ? next : end)]);
            at = next;
        }
        return new(lines);
    }

    /// <summary>Python's <c>str.maketrans</c>: the table that <c>translate</c> takes.</summary>
    public static DictValue MakeTranslation(CallArguments arguments)
    {
        var table = new DictValue();
        if (arguments.Positional(1, 3).Count == 1)
        {
            if (arguments[0] is not DictValue given) throw Fail.Type("if you give only one argument to maketrans it must be a dict");
            foreach (var (key, value) in given.Entries) table.Entries[key is string text ? Code(text) : Numbers.IsInteger(key, out var code) ? code : throw Fail.Type("keys in translate table must be strings or integers")] = value;
            return table;
        }
        var (from, to) = (CodePoints.Split(arguments.Text(0)), CodePoints.Split(arguments.Text(1)));
        if (from.Length != to.Length) throw Fail.Value("the first two maketrans arguments must have equal length");
        foreach (var (old, fresh) in from.Zip(to)) table.Entries[Code(old)] = Code(fresh);
        foreach (var dropped in arguments.Count > 2 ? CodePoints.Split(arguments.Text(2)) : []) table.Entries[Code(dropped)] = None.Value;
        return table;

        static object Code(string point) => CodePoints.Length(point) == 1 ? CallArguments.Integer(char.IsSurrogate(point[0]) ? char.ConvertToUtf32(point[0], point[^1]) : point[0])
            : throw Fail.Value("string keys in translate table must be of length 1");
    }

    private static string Translate(string text, object table)
    {
        if (table is not DictValue dict) throw Fail.Unsupported("translate with something other than a dict");
        var result = new StringBuilder();
        foreach (var point in CodePoints.Split(text))
        {
            var code = CallArguments.Integer(char.IsSurrogate(point[0]) ? char.ConvertToUtf32(point[0], point[^1]) : point[0]);
            if (!dict.Entries.TryGetValue(code, out var replacement)) result.Append(point);
            else if (replacement is string other) result.Append(other);
            else if (replacement is not None) result.Append(char.ConvertFromUtf32(Numbers.Index(replacement)));
        }
        return result.ToString();
    }

    private static string ZeroFill(string text, int width)
    {
        var missing = width - CodePoints.Length(text);
        if (missing <= 0) return text;
        return text is ['+' or '-', ..] ? text[0] + Repeated("0", missing) + text[1..] : Repeated("0", missing) + text;
    }
}
