using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace Strata.Metadata.Expressions;

/// <summary>Turns the tokens of string literals into their values and the pieces of f-strings.</summary>
internal static class TextLiterals
{
    public delegate Node FieldParser(string text, int start, int end);

    /// <summary>Adds the pieces of a literal: constants, and fields if it is an f-string.</summary>
    public static void Read(string text, Token token, ImmutableArray<Node>.Builder parts, FieldParser field)
    {
        var start = token.Start;
        while (text[start] is not ('"' or '\'')) start++;
        var prefix = text[token.Start..start].ToLowerInvariant();
        var quotes = token.End - start >= 6 && text[start + 1] == text[start] && text[start + 2] == text[start] ? 3 : 1;
        var (from, to) = (start + quotes, token.End - quotes);
        var raw = prefix.Contains('r', StringComparison.Ordinal);

        if (prefix.Contains('b', StringComparison.Ordinal)) parts.Add(new Constant(token.Start, Bytes(text[from..to], raw, token.Start)));
        else if (prefix.Contains('f', StringComparison.Ordinal)) ReadFormatted(text, from, to, raw, inFormat: false, parts, field);
        else parts.Add(new Constant(token.Start, raw ? text[from..to] : Unescape(text[from..to], token.Start)));
    }

    private static BytesValue Bytes(string content, bool raw, int offset)
    {
        if (content.Any(c => c > 127)) throw Fail.Syntax("bytes can only contain ASCII literal characters", offset);
        if (!raw && content.Contains("\\u", StringComparison.OrdinalIgnoreCase)) throw Fail.Unsupported("'\\u' in bytes");
        return new([.. Encoding.Latin1.GetBytes(raw ? content : Unescape(content, offset))]);
    }

    private static void ReadFormatted(string text, int from, int to, bool raw, bool inFormat, ImmutableArray<Node>.Builder parts, FieldParser field)
    {
        var literal = new StringBuilder();
        for (var at = from; at < to; at++)
        {
            var c = text[at];
            if (!inFormat && at + 1 < to && c is '{' or '}' && text[at + 1] == c)
            {
                literal.Append(c);
                at++;
            }
            else if (c == '{')
            {
                Flush();
                at = ReadField(text, at, to, raw, parts, field);
            }
            else if (c == '}') throw Fail.Syntax("f-string: single '}' is not allowed", at);
            else literal.Append(c);
        }
        Flush();

        void Flush()
        {
            if (literal.Length > 0) parts.Add(new Constant(from, raw ? literal.ToString() : Unescape(literal.ToString(), from)));
            literal.Clear();
        }
    }

    /// <summary>One <c>{value!r:format}</c>; gives the place of its closing brace.</summary>
    private static int ReadField(string text, int open, int to, bool raw, ImmutableArray<Node>.Builder parts, FieldParser field)
    {
        var end = ValueEnd(text, open + 1, to);
        var at = end;
        var conversion = (char?)null;
        if (text[at] == '=')
        {
            at++;
            while (char.IsWhiteSpace(text[at])) at++;
            parts.Add(new Constant(open, text[(open + 1)..at]));
            conversion = text[at] == '}' ? 'r' : null;
        }
        if (text[at] == '!')
        {
            conversion = text[at + 1];
            if (conversion is not ('r' or 's' or 'a')) throw Fail.Syntax("f-string: invalid conversion character", at);
            at += 2;
        }
        var format = (Node?)null;
        if (text[at] == ':')
        {
            var close = FormatEnd(text, at + 1, to);
            var pieces = ImmutableArray.CreateBuilder<Node>();
            ReadFormatted(text, at + 1, close, raw, inFormat: true, pieces, field);
            format = new FormattedText(at, pieces.ToImmutable());
            at = close;
        }
        if (text[at] != '}') throw Fail.Syntax("f-string: expecting '}'", at);
        parts.Add(new FormattedField(open, field(text, open + 1, end), conversion, format));
        return at;
    }

    private static int ValueEnd(string text, int from, int to)
    {
        var depth = 0;
        for (var at = from; at < to; at++)
        {
            var c = text[at];
            if (c is '"' or '\'')
            {
                var close = text.IndexOf(c, at + 1);
                at = close < 0 ? to : close;
            }
            else if (c is '(' or '[' or '{') depth++;
            else if (depth > 0 && c is ')' or ']' or '}') depth--;
            else if (depth > 0) continue;
            else if (c is '}' or ':') return at;
            else if (c == '!' && text[at + 1] != '=') return at;
            else if (c == '=' && text[at + 1] != '=' && text[at - 1] is not ('=' or '!' or '<' or '>')) return at;
        }
        throw Fail.Syntax("f-string: expecting '}'", from);
    }

    private static int FormatEnd(string text, int from, int to)
    {
        var depth = 0;
        for (var at = from; at < to; at++)
        {
            if (text[at] == '{') depth++;
            else if (text[at] == '}' && depth-- == 0) return at;
        }
        throw Fail.Syntax("f-string: expecting '}'", from);
    }

    /// <summary>The escapes of an ordinary literal; unknown ones stay as they are.</summary>
    private static string Unescape(string content, int offset)
    {
        if (!content.Contains('\\', StringComparison.Ordinal)) return content;
        var result = new StringBuilder(content.Length);
        for (var at = 0; at < content.Length; at++)
        {
            if (content[at] != '\\' || at + 1 == content.Length)
            {
                result.Append(content[at]);
                continue;
            }
            var c = content[++at];
            switch (c)
            {
                case '\n': break;
                case '\\' or '\'' or '"': result.Append(c); break;
                case 'n': result.Append('\n'); break;
                case 't': result.Append('\t'); break;
                case 'r': result.Append('\r'); break;
                case 'a': result.Append('\a'); break;
                case 'b': result.Append('\b'); break;
                case 'f': result.Append('\f'); break;
                case 'v': result.Append('\v'); break;
                case 'x': at = Hex(content, at, 2, result, offset); break;
                case 'u': at = Hex(content, at, 4, result, offset); break;
                case 'U': at = Hex(content, at, 8, result, offset); break;
                case 'N': throw Fail.Unsupported("a character by its name, '\\N{…}'");
                case >= '0' and <= '7': at = Octal(content, at, result); break;
                default: result.Append('\\').Append(c); break;
            }
        }
        return result.ToString();
    }

    private static int Hex(string content, int at, int digits, StringBuilder result, int offset)
    {
        var text = content.AsSpan(at + 1, Math.Min(digits, content.Length - at - 1));
        if (text.Length < digits || !uint.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code) || code > 0x10FFFF)
            throw Fail.Syntax($"truncated or illegal \\{content[at]} escape", offset);
        if (code is >= 0xD800 and < 0xE000) result.Append((char)code);
        else result.Append(new Rune(code).ToString());
        return at + digits;
    }

    private static int Octal(string content, int at, StringBuilder result)
    {
        var (code, end) = (0, at);
        for (; end < content.Length && end < at + 3 && content[end] is >= '0' and <= '7'; end++) code = (code * 8) + (content[end] - '0');
        result.Append((char)code);
        return end - 1;
    }
}
