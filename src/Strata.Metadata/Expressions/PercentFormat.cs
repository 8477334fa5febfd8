using System.Globalization;
using System.Numerics;
using System.Text;

namespace Strata.Metadata.Expressions;

/// <summary>Python's <c>format % values</c>.</summary>
internal ref struct PercentFormat
{
    private readonly string _format;
    private readonly object _values;
    private readonly StringBuilder _result = new();
    private int _at;
    private int _used;

    private PercentFormat(string format, object values) => (_format, _values) = (format, values);

    public static string Format(string format, object values, Interpreter run)
    {
        run.Step();
        return new PercentFormat(format, values).Run();
    }

    private string Run()
    {
        while (_at < _format.Length)
        {
            var next = _format.IndexOf('%', _at);
            _result.Append(_format, _at, (next < 0 ? _format.Length : next) - _at);
            if (next < 0) break;
            _at = next + 1;
            Conversion();
        }
        // A value that can be subscripted by name may stay unused; a text or a number may not.
        if (_values is TupleValue tuple ? _used < tuple.Items.Length : _used == 0 && _values is not (DictValue or ListValue or RangeValue or BytesValue))
            throw Fail.Type("not all arguments converted during string formatting");
        return _result.ToString();
    }

    private char Next() => _at < _format.Length ? _format[_at++] : throw Fail.Value("incomplete format");

    private void Conversion()
    {
        // Only right behind the first one: with anything between, it is a conversion that does not exist.
        if (_at < _format.Length && _format[_at] == '%')
        {
            _result.Append(_format[_at++]);
            return;
        }
        var named = (object?)null;
        if (_at < _format.Length && _format[_at] == '(') named = Named();
        var flags = _at;
        while (_at < _format.Length && _format[_at] is '-' or '+' or ' ' or '#' or '0') _at++;
        var set = _format[flags.._at];
        var width = Number();
        if (width < 0) (width, set) = (-width, set + "-");
        int? precision = null;
        if (_at < _format.Length && _format[_at] == '.')
        {
            _at++;
            precision = Math.Max(0, Number() ?? 0);
        }
        while (_at < _format.Length && _format[_at] is 'l' or 'h' or 'L') _at++;
        var type = Next();
        Append(type, set, width ?? 0, precision, named ?? Value());
    }

    private object Named()
    {
        if (_values is not DictValue dict) throw Fail.Type("format requires a mapping");
        var depth = 0;
        var start = ++_at;
        for (char c; (c = _at < _format.Length ? _format[_at++] : throw Fail.Value("incomplete format key")) != ')' || depth > 0;) depth += c == '(' ? 1 : c == ')' ? -1 : 0;
        var key = _format[start..(_at - 1)];
        return dict.Entries.TryGetValue(key, out var value) ? value : throw Fail.Key(key);
    }

    private object Value()
    {
        if (_values is TupleValue tuple) return _used < tuple.Items.Length ? tuple.Items[_used++] : throw Fail.Type("not enough arguments for format string");
        return _used++ == 0 ? _values : throw Fail.Type("not enough arguments for format string");
    }

    private int? Number()
    {
        if (_at < _format.Length && _format[_at] == '*')
        {
            _at++;
            return Numbers.IsInteger(Value(), out var given)
                ? BigInteger.Abs(given) <= Operators.MostItems ? (int)given : throw new ExpressionException("OverflowError", "width too big")
                : throw Fail.Type("* wants int");
        }
        var start = _at;
        while (_at < _format.Length && char.IsAsciiDigit(_format[_at])) _at++;
        if (start == _at) return null;
        return int.TryParse(_format.AsSpan(start, _at - start), CultureInfo.InvariantCulture, out var value) && value <= Operators.MostItems ? value : throw Operators.TooLarge();
    }

    private readonly void Append(char type, string flags, int width, int? precision, object value)
    {
        var (lead, text) = type switch
        {
            's' => ("", Cut(Texts.Str(value), precision)),
            'r' => ("", Cut(Texts.Repr(value), precision)),
            'a' => ("", Cut(Texts.Ascii(value), precision)),
            'c' => ("", Character(value)),
            'd' or 'i' or 'u' => Whole(Integer(value, type, truncate: true), flags, precision, 10, "", upper: false),
            'o' => Whole(Integer(value, type, truncate: false), flags, precision, 8, "0o", upper: false),
            'x' => Whole(Integer(value, type, truncate: false), flags, precision, 16, "0x", upper: false),
            'X' => Whole(Integer(value, type, truncate: false), flags, precision, 16, "0X", upper: true),
            'e' or 'E' or 'f' or 'F' or 'g' or 'G' => Real(value, type, flags, precision ?? 6),
            _ => throw Fail.Value($"unsupported format character '{type}' (0x{(int)type:x}) at index {_at - 1}"),
        };
        var missing = width - lead.Length - CodePoints.Length(text);
        if (missing <= 0) _result.Append(lead).Append(text);
        else if (flags.Contains('-', StringComparison.Ordinal)) _result.Append(lead).Append(text).Append(' ', missing);
        else if (flags.Contains('0', StringComparison.Ordinal) && type is not ('s' or 'r' or 'a' or 'c')) _result.Append(lead).Append('0', missing).Append(text);
        else _result.Append(' ', missing).Append(lead).Append(text);
    }

    private static string Cut(string text, int? most) => most is { } count && count < CodePoints.Length(text) ? text[..CodePoints.ToUnits(text, count)] : text;

    private static string Character(object value) => value switch
    {
        string text when CodePoints.Length(text) == 1 => text,
        bool flag => flag ? "\x01" : "\0",
        BigInteger code => Builtins.Character(code),
        _ => throw Fail.Type("%c requires int or char"),
    };

    private static BigInteger Integer(object value, char type, bool truncate)
    {
        if (Numbers.IsInteger(value, out var number)) return number;
        if (truncate && value is double real) return Numbers.Truncated(real);
        throw Fail.Type(truncate ? $"%{type} format: a real number is required, not {Texts.TypeName(value)}" : $"%{type} format: an integer is required, not {Texts.TypeName(value)}");
    }

    private static (string Lead, string Text) Whole(BigInteger value, string flags, int? precision, int radix, string prefix, bool upper)
    {
        var size = BigInteger.Abs(value);
        var digits = radix == 10 ? Numbers.Text(size) : FormatSpec.Digits(size, radix);
        digits = (upper ? digits.ToUpperInvariant() : digits).PadLeft(precision ?? 0, '0');
        return (Sign(value.Sign < 0, flags) + (flags.Contains('#', StringComparison.Ordinal) ? prefix : ""), digits);
    }

    private static string Sign(bool negative, string flags) =>
        negative ? "-" : flags.Contains('+', StringComparison.Ordinal) ? "+" : flags.Contains(' ', StringComparison.Ordinal) ? " " : "";

    private static (string Lead, string Text) Real(object value, char type, string flags, int precision)
    {
        if (!Numbers.IsNumber(value, out var number)) throw Fail.Type($"must be real number, not {Texts.TypeName(value)}");
        var (size, alternate) = (Math.Abs(number), flags.Contains('#', StringComparison.Ordinal));
        var text = type switch
        {
            'f' or 'F' => RealFormat.Fixed(size, precision, type, alternate),
            'e' or 'E' => RealFormat.Exponent(size, precision, type, alternate),
            _ => RealFormat.Cased(type, RealFormat.General(size, precision, alternate, pointed: false)),
        };
        return (Sign(double.IsNegative(number) && !double.IsNaN(number), flags), text);
    }
}
