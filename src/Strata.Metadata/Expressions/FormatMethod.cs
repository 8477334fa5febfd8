using System.Globalization;
using System.Numerics;
using System.Text;

namespace Strata.Metadata.Expressions;

/// <summary>Python's <c>'…'.format(…)</c>.</summary>
internal sealed class FormatMethod(CallArguments arguments, object? mapping)
{
    private int _next;
    private bool _numbered;

    public static string Format(string format, CallArguments arguments) => new FormatMethod(arguments, null).Run(format, 0);

    public static string FormatMap(string format, CallArguments arguments) => new FormatMethod(arguments, arguments[0]).Run(format, 0);

    private string Run(string format, int depth)
    {
        if (depth > 1) throw Fail.Value("Max string recursion exceeded");
        var result = new StringBuilder();
        for (var at = 0; at < format.Length; at++)
        {
            var c = format[at];
            if (c is '{' or '}' && at + 1 < format.Length && format[at + 1] == c)
            {
                result.Append(c);
                at++;
            }
            else if (c == '{') at = Field(format, at, depth, result);
            else if (c == '}') throw Fail.Value("Single '}' encountered in format string");
            else result.Append(c);
        }
        return result.ToString();
    }

    private int Field(string format, int open, int depth, StringBuilder result)
    {
        var end = Closing(format, open);
        var field = format[(open + 1)..end];
        var brackets = 0;
        var cut = 0;
        for (; cut < field.Length && (brackets > 0 || field[cut] is not ('!' or ':')); cut++) brackets += field[cut] == '[' ? 1 : field[cut] == ']' ? -1 : 0;
        var value = Value(field[..cut]);
        if (cut < field.Length && field[cut] == '!')
        {
            if (cut + 1 >= field.Length) throw Fail.Value("end of string while looking for conversion specifier");
            value = field[cut + 1] switch
            {
                'r' => Texts.Repr(value),
                's' => Texts.Str(value),
                'a' => Texts.Ascii(value),
                var other => throw Fail.Value($"Unknown conversion specifier '{other}'"),
            };
            cut += 2;
            if (cut < field.Length && field[cut] != ':') throw Fail.Value("expected ':' after conversion specifier");
        }
        result.Append(FormatSpec.Format(value, cut < field.Length ? Run(field[(cut + 1)..], depth + 1) : ""));
        return end;
    }

    private static int Closing(string format, int open)
    {
        var depth = 0;
        for (var at = open; at < format.Length; at++)
        {
            if (format[at] == '{') depth++;
            else if (format[at] == '}' && --depth == 0) return at;
        }
        throw Fail.Value(open + 1 == format.Length ? "Single '{' encountered in format string" : "expected '}' before end of string");
    }

    private object Value(string path)
    {
        var end = path.AsSpan().IndexOfAny(".[");
        var value = First(end < 0 ? path : path[..end]);
        for (var at = end < 0 ? path.Length : end; at < path.Length;)
        {
            if (path[at] == '.')
            {
                var length = path.AsSpan(at + 1).IndexOfAny(".[") is >= 0 and var next ? next : path.Length - at - 1;
                if (length == 0) throw Fail.Value("Empty attribute in format string");
                value = Members.Get(value, path.Substring(at + 1, length));
                at += length + 1;
                continue;
            }
            var close = path.IndexOf(']', at);
            if (close < 0) throw Fail.Value("Missing ']' in format string");
            var key = path[(at + 1)..close];
            value = Subscripts.Get(value, key.Length > 0 && key.All(char.IsAsciiDigit) ? BigInteger.Parse(key, CultureInfo.InvariantCulture) : key, arguments.Run);
            at = close + 1;
        }
        return value;
    }

    private object First(string name)
    {
        if (name.Length > 0 && !name.All(char.IsAsciiDigit))
        {
            if (mapping is not null) return Subscripts.Get(mapping, name, arguments.Run);
            foreach (var (given, value) in arguments.Named)
                if (given == name) return value;
            throw Fail.Key(name);
        }
        if (mapping is not null) throw Fail.Value("Format string contains positional fields");
        if (name.Length == 0 ? _numbered : _next > 0)
            throw Fail.Value($"cannot switch from {(_numbered ? "manual" : "automatic")} field {(_numbered ? "specification" : "numbering")} to {(_numbered ? "automatic field numbering" : "manual field specification")}");
        _numbered = name.Length > 0;
        var index = name.Length == 0 ? _next++ : int.TryParse(name, CultureInfo.InvariantCulture, out var number) ? number : int.MaxValue;
        return index < arguments.Count ? arguments[index] : throw Fail.Index($"Replacement index {index} out of range for positional args tuple");
    }
}
