using System.Buffers;

namespace Strata.Metadata.Expressions;

/// <summary>
/// Cuts a range of text into tokens. A string that does not end is found here, before any other error of syntax behind it,
/// because BitBake treats that one error differently.
/// </summary>
internal ref struct Lexer(ReadOnlySpan<char> text, int start, bool statements)
{
    private static readonly SearchValues<char> s_blanks = SearchValues.Create(" \t\f\r");

    private readonly ReadOnlySpan<char> _text = text;
    private readonly List<Token> _tokens = [];
    private readonly Stack<int> _indents = new([0]);
    private readonly Stack<char> _brackets = new();
    private int _at = start;
    private bool _lineStart = statements;
    private readonly bool _statements = statements;

    /// <summary>All tokens up to the end of the text, the last one being <see cref="TokenKind.End"/>.</summary>
    public List<Token> Run()
    {
        while (_at < _text.Length)
        {
            if (_lineStart && _brackets.Count == 0) TakeIndentation();
            SkipBlanks();
            if (_at < _text.Length) TakeToken();
        }
        if (_brackets.Count > 0) throw Fail.Syntax($"'{_brackets.Peek()}' was never closed", _text.Length);
        if (_statements)
        {
            if (_tokens.Count > 0 && _tokens[^1].Kind is not TokenKind.NewLine) Add(TokenKind.NewLine, 0);
            for (; _indents.Count > 1; _ = _indents.Pop()) Add(TokenKind.Dedent, 0);
        }
        Add(TokenKind.End, 0);
        return _tokens;
    }

    private void Add(TokenKind kind, int length)
    {
        _tokens.Add(new(kind, _at, length));
        _at += length;
    }

    private void SkipBlanks()
    {
        while (_at < _text.Length)
        {
            var rest = _text[_at..];
            if (s_blanks.Contains(rest[0])) _at++;
            else if (rest is ['\\', '\n', ..]) _at += 2;
            else if (rest is ['\\', '\r', '\n', ..]) _at += 3;
            else if (rest[0] == '#') _at += rest.IndexOf('\n') is >= 0 and var end ? end : rest.Length;
            else if (rest[0] == '\n' && _brackets.Count > 0) _at++;
            else return;
        }
    }

    private void TakeIndentation()
    {
        _lineStart = false;
        var column = 0;
        var at = _at;
        for (; at < _text.Length && _text[at] is ' ' or '\t' or '\f' or '\r'; at++)
            column = _text[at] == '\t' ? column / 8 * 8 + 8 : column + 1;

        // Blank and comment lines have no indentation of their own.
        if (at >= _text.Length || _text[at] is '\n' or '#') return;
        _at = at;
        if (column > _indents.Peek())
        {
            _indents.Push(column);
            Add(TokenKind.Indent, 0);
        }
        for (; column < _indents.Peek(); _ = _indents.Pop()) Add(TokenKind.Dedent, 0);
        if (column != _indents.Peek()) throw new ExpressionException("IndentationError", "unindent does not match any outer indentation level", _at);
    }

    private void TakeToken()
    {
        var rest = _text[_at..];
        switch (rest[0])
        {
            case '\n':
                TakeLineEnd();
                return;
            case '"' or '\'':
                Add(TokenKind.Text, TextLength(_at, 0));
                return;
            case >= '0' and <= '9':
            case '.' when rest.Length > 1 && char.IsAsciiDigit(rest[1]):
                Add(TokenKind.Number, NumberLength(rest));
                return;
            case var c when c == '_' || char.IsLetter(c):
                TakeName(rest);
                return;
            default:
                TakeOperator(rest);
                return;
        }
    }

    private void TakeLineEnd()
    {
        if (!_statements || (_tokens.Count > 0 && _tokens[^1].Kind is not (TokenKind.NewLine or TokenKind.Indent or TokenKind.Dedent)))
            Add(TokenKind.NewLine, 1);
        else
            _at++;
        _lineStart = _statements;
    }

    private void TakeName(ReadOnlySpan<char> rest)
    {
        var length = 1;
        while (length < rest.Length && (rest[length] == '_' || char.IsLetterOrDigit(rest[length]))) length++;
        if (length <= 2 && length < rest.Length && rest[length] is '"' or '\'' && IsPrefix(rest[..length]))
            Add(TokenKind.Text, TextLength(_at, length));
        else
            Add(TokenKind.Name, length);
    }

    private static bool IsPrefix(ReadOnlySpan<char> name) =>
        name.ToString().ToLowerInvariant() is "r" or "u" or "b" or "f" or "br" or "rb" or "fr" or "rf";

    /// <summary>The length of a literal from its prefix to its closing quote.</summary>
    private readonly int TextLength(int from, int prefix, bool inField = false)
    {
        var formatted = _text.Slice(from, prefix).IndexOfAny('f', 'F') >= 0;
        var at = from + prefix;
        var quote = _text[at];
        var triple = _text[at..].StartsWith([quote, quote, quote]);
        if (formatted && !triple && !IsClosed(_text[(at + 1)..], quote)) throw Unterminated(from);
        for (at += triple ? 3 : 1; at < _text.Length; at++)
        {
            var c = _text[at];
            if (c == '\\') at++;
            else if (c == quote && !triple) return at + 1 - from;
            else if (c == quote && _text[at..].StartsWith([quote, quote, quote])) return at + 3 - from;
            else if (c == '\n' && !triple) break;
            else if (formatted && c == '{')
            {
                if (at + 1 < _text.Length && _text[at + 1] == '{') at++;
                else at = FieldEnd(at, quote);
            }
        }
        if (triple) throw Fail.Syntax("unterminated triple-quoted string literal", from);
        if (formatted) throw Fail.Syntax("unterminated f-string literal", from);
        if (inField) throw Fail.Syntax("f-string: expecting '}'", from);
        throw Unterminated(from);
    }

    private static ExpressionException Unterminated(int from) => new(ExpressionException.UnterminatedString, "unterminated string literal", from);

    /// <summary>Whether a quote follows at all before the end of the line: without one, an f-string is like any string that does not end.</summary>
    private static bool IsClosed(ReadOnlySpan<char> rest, char quote)
    {
        for (var at = 0; at < rest.Length && rest[at] != '\n'; at++)
        {
            if (rest[at] == '\\') at++;
            else if (rest[at] == quote) return true;
        }
        return false;
    }

    /// <summary>The place of the brace that closes a replacement field; a literal inside may use any quotes.</summary>
    private readonly int FieldEnd(int open, char quote)
    {
        var depth = 0;
        for (var at = open; at < _text.Length; at++)
        {
            switch (_text[at])
            {
                case '{' or '[' or '(':
                    depth++;
                    break;
                case '}' or ']' or ')':
                    if (--depth == 0) return at;
                    break;
                case '"' or '\'':
                    at += TextLength(at, 0, inField: true) - 1;
                    break;
                case '\n' when quote != '\0' && depth == 0:
                    throw Fail.Syntax("unterminated f-string literal", open);
            }
        }
        throw Fail.Syntax("f-string: expecting '}'", open);
    }

    private readonly int NumberLength(ReadOnlySpan<char> rest)
    {
        var length = 1;
        if (rest.Length > 1 && rest[0] == '0' && char.ToLowerInvariant(rest[1]) is 'x' or 'o' or 'b')
        {
            length = 2;
            while (length < rest.Length && (char.IsAsciiHexDigit(rest[length]) || rest[length] == '_')) length++;
        }
        else
        {
            length = DigitsEnd(rest, 0);
            if (length < rest.Length && rest[length] == '.') length = DigitsEnd(rest, length + 1);
            if (length < rest.Length && rest[length] is 'e' or 'E' && IsExponent(rest[(length + 1)..])) length = DigitsEnd(rest, length + 2);
        }
        if (length < rest.Length && (char.IsLetterOrDigit(rest[length]) || rest[length] == '_') && !IsKeywordAfterNumber(rest[length..]))
            throw rest[length] is 'j' or 'J' ? Fail.Unsupported("complex numbers") : Fail.Syntax("invalid number literal", _at);
        if (rest[0] == '0' && rest[..length].IndexOfAnyExceptInRange('0', '9') < 0 && rest[..length].IndexOfAnyExcept('0') >= 0)
            throw Fail.Syntax("leading zeros in decimal integer literals are not permitted", _at);
        return length;
    }

    private static int DigitsEnd(ReadOnlySpan<char> rest, int from)
    {
        while (from < rest.Length && (char.IsAsciiDigit(rest[from]) || rest[from] == '_')) from++;
        return from;
    }

    private static bool IsExponent(ReadOnlySpan<char> rest) => rest is [>= '0' and <= '9', ..] or ['+' or '-', >= '0' and <= '9', ..];

    /// <summary>Python still takes <c>1if x else 2</c> and its like.</summary>
    private static bool IsKeywordAfterNumber(ReadOnlySpan<char> rest)
    {
        foreach (var word in (ReadOnlySpan<string>)["if", "else", "and", "or", "in", "is", "not", "for"])
            if (rest.StartsWith(word, StringComparison.Ordinal) && (rest.Length == word.Length || !char.IsLetterOrDigit(rest[word.Length]))) return true;
        return false;
    }

    private void TakeOperator(ReadOnlySpan<char> rest)
    {
        var length = rest switch
        {
            ['*', '*', '=', ..] or ['/', '/', '=', ..] or ['<', '<', '=', ..] or ['>', '>', '=', ..] or ['.', '.', '.', ..] => 3,
            ['*', '*', ..] or ['/', '/', ..] or ['<', '<', ..] or ['>', '>', ..] or ['-', '>', ..] => 2,
            ['=' or '!' or '<' or '>' or '+' or '-' or '*' or '/' or '%' or '&' or '|' or '^' or '@' or ':', '=', ..] => 2,
            ['(' or ')' or '[' or ']' or '{' or '}' or ',' or ':' or '.' or ';' or '@' or '=' or '+' or '-' or '*' or '/' or '%'
                or '&' or '|' or '^' or '~' or '<' or '>' or '!', ..] => 1,
            _ => throw Fail.Syntax($"'{rest[0]}' is not part of Python", _at),
        };
        switch (rest[0])
        {
            case '(' or '[' or '{':
                _brackets.Push(rest[0]);
                break;
            case ')' or ']' or '}' when _brackets.Count == 0 || _brackets.Pop() != Opening(rest[0]):
                throw Fail.Syntax($"unmatched '{rest[0]}'", _at);
        }
        Add(TokenKind.Operator, length);
    }

    private static char Opening(char closing) => closing switch { ')' => '(', ']' => '[', _ => '{' };
}
