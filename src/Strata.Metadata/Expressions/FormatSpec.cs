using System.Globalization;
using System.Numerics;

namespace Strata.Metadata.Expressions;

/// <summary>Python's format specification: <c>[[fill]align][sign][z][#][0][width][grouping][.precision][type]</c>.</summary>
internal sealed record FormatSpec
{
    public string Fill { get; init; } = " ";

    public char? Align { get; init; }

    public char? Sign { get; init; }

    public bool Alternate { get; init; }

    /// <summary>Whether what is rounded to a negative zero loses its sign.</summary>
    public bool DropsSignOfZero { get; init; }

    public int Width { get; init; }

    public char? Grouping { get; init; }

    public int? Precision { get; init; }

    public char? Type { get; init; }

    /// <summary>Python's <c>format(value, spec)</c>.</summary>
    public static string Format(object value, string spec)
    {
        if (spec.Length == 0) return Texts.Str(value);
        if (value is not (string or bool or BigInteger or double))
            throw Fail.Type($"unsupported format string passed to {Texts.TypeName(value)}.__format__");
        var parsed = Parse(spec);
        return value switch
        {
            string text => parsed.Text(text),
            double real => parsed.Real(real),
            _ => Numbers.IsInteger(value, out var number) ? parsed.Whole(number, Texts.TypeName(value)) : throw new NotSupportedException(),
        };
    }

    private static FormatSpec Parse(string spec)
    {
        var result = new FormatSpec();
        var points = CodePoints.Split(spec);
        var at = 0;
        if (points.Length > 1 && points[1] is "<" or ">" or "^" or "=") (result, at) = (result with { Fill = points[0], Align = points[1][0] }, 2);
        else if (points[0] is "<" or ">" or "^" or "=") (result, at) = (result with { Align = points[0][0] }, 1);
        if (Next() is '+' or '-' or ' ') result = result with { Sign = points[at++][0] };
        if (Next() is 'z') (result, at) = (result with { DropsSignOfZero = true }, at + 1);
        if (Next() is '#') (result, at) = (result with { Alternate = true }, at + 1);
        if (Next() is '0')
        {
            result = result with { Fill = result.Align is null ? "0" : result.Fill, Align = result.Align ?? '=' };
            at++;
        }
        if (Number() is { } width) result = result with { Width = width };
        if (Next() is ',' or '_') result = result with { Grouping = points[at++][0] };
        if (Next() is '.')
        {
            at++;
            result = result with { Precision = Number() ?? throw Fail.Value("Format specifier missing precision") };
        }
        if (at < points.Length) result = result with { Type = points[at++][0] };
        return at == points.Length ? result : throw Fail.Value($"Invalid format specifier '{spec}'");

        char? Next() => at < points.Length ? points[at][0] : null;

        int? Number()
        {
            var start = at;
            while (Next() is >= '0' and <= '9') at++;
            if (at == start) return null;
            return int.TryParse(string.Concat(points[start..at]), CultureInfo.InvariantCulture, out var value) && value <= Operators.MostItems ? value : throw Operators.TooLarge();
        }
    }

    private ExpressionException UnknownCode(string kind) => Fail.Value($"Unknown format code '{Type}' for object of type '{kind}'");

    private string Text(string text)
    {
        if (Type is not (null or 's')) throw UnknownCode("str");
        if (Align is '=' && Fill != "0") throw Fail.Value("'=' alignment not allowed in string format specifier");
        if (DropsSignOfZero) throw Fail.Value("Negative zero coercion (z) not allowed in string format specifier");
        if (Sign is not null) throw Fail.Value("Sign not allowed in string format specifier");
        if (Grouping is { } grouping) throw Fail.Value($"Cannot specify '{grouping}' with 's'.");
        if (Precision is { } most && most < CodePoints.Length(text)) text = text[..CodePoints.ToUnits(text, most)];
        return Padded("", text, Align is null or '=' ? '<' : Align.Value);
    }

    private string Whole(BigInteger number, string kind)
    {
        if (Type is 'e' or 'E' or 'f' or 'F' or 'g' or 'G' or '%') return Numbers.IsNumber(number, out var real) ? Real(real) : "";
        if (DropsSignOfZero) throw Fail.Value("Negative zero coercion (z) not allowed in format specifier with integer");
        if (Precision is not null) throw Fail.Value("Precision not allowed in integer format specifier");
        if (Type is 'c') return Padded("", Builtins.Character(number), Align ?? '<');
        var size = BigInteger.Abs(number);
        var (digits, prefix, group) = Type switch
        {
            null or 'd' or 'n' => (Numbers.Text(size), "", 3),
            'x' => (Digits(size, 16), "0x", 4),
            'X' => (Digits(size, 16).ToUpperInvariant(), "0X", 4),
            'o' => (Digits(size, 8), "0o", 4),
            'b' => (Digits(size, 2), "0b", 4),
            _ => throw UnknownCode(kind),
        };
        if (group == 4 && Grouping is ',') throw Fail.Value($"Cannot specify ',' with '{Type}'.");
        return Numeric(number.Sign < 0, Alternate ? prefix : "", digits, "", group);
    }

    public static string Digits(BigInteger value, int radix)
    {
        if (value.IsZero) return "0";
        var digits = new List<char>();
        for (; !value.IsZero; value /= radix) digits.Add("0123456789abcdef"[(int)(value % radix)]);
        digits.Reverse();
        return string.Concat(digits);
    }

    private string Real(double value)
    {
        if (Type is not (null or 'e' or 'E' or 'f' or 'F' or 'g' or 'G' or '%' or 'n')) throw UnknownCode("float");
        var text = RealText(Math.Abs(Type is '%' ? value * 100 : value));
        if (Type is '%') text += "%";
        var whole = text.AsSpan().IndexOfAnyExceptInRange('0', '9') is >= 0 and var end ? end : text.Length;
        var isNegative = double.IsNegative(value) && !double.IsNaN(value) && !(DropsSignOfZero && text.AsSpan().IndexOfAnyInRange('1', '9') < 0 && double.IsFinite(value));
        return Numeric(isNegative, "", text[..whole], text[whole..], 3);
    }

    private string RealText(double value) => (Type, Precision) switch
    {
        (null, null) => Numbers.Text(value),
        (null, { } digits) => RealFormat.General(value, digits, Alternate, pointed: true),
        ('f' or 'F' or '%', var places) => RealFormat.Fixed(value, places ?? 6, Type.Value, Alternate),
        ('e' or 'E', var places) => RealFormat.Exponent(value, places ?? 6, Type.Value, Alternate),
        (_, var digits) => RealFormat.Cased(Type!.Value, RealFormat.General(value, digits ?? 6, Alternate, pointed: false)),
    };

    private string Numeric(bool negative, string prefix, string digits, string tail, int group)
    {
        var sign = negative ? "-" : Sign is '+' or ' ' ? Sign.Value.ToString() : "";
        if (Grouping is { } separator)
        {
            if (Align is '=' && Fill == "0")
            {
                var room = Width - sign.Length - prefix.Length - tail.Length;
                while (Grouped(digits, separator, group).Length < room) digits = "0" + digits;
            }
            digits = Grouped(digits, separator, group);
        }
        return Padded(sign + prefix, digits + tail, Align ?? '>');
    }

    private static string Grouped(string digits, char separator, int group)
    {
        for (var at = digits.Length - group; at > 0; at -= group) digits = digits.Insert(at, separator.ToString());
        return digits;
    }

    private string Padded(string lead, string text, char align)
    {
        var missing = Width - lead.Length - CodePoints.Length(text);
        if (missing <= 0) return lead + text;
        return align switch
        {
            '<' => lead + text + CodePoints.Repeat(Fill, missing),
            '^' => CodePoints.Repeat(Fill, missing / 2) + lead + text + CodePoints.Repeat(Fill, missing - (missing / 2)),
            '=' => lead + CodePoints.Repeat(Fill, missing) + text,
            _ => CodePoints.Repeat(Fill, missing) + lead + text,
        };
    }
}
