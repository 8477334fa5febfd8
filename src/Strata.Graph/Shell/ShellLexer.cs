using System.Buffers;

namespace Strata.Graph.Shell;

/// <summary>Splits a shell text into words and operators. Lenient: quotes and brackets without end reach to the end of the text.</summary>
internal ref struct ShellLexer(ReadOnlySpan<char> text)
{
    private static readonly SearchValues<char> s_wordEnds = SearchValues.Create(" \t\r\n;&|<>()");
    private static readonly string[] s_operators = [";;", "&&", "||", "<<-", "<<", ">>", "<&", ">&", "<>", ">|", ";", "&", "|", "<", ">", "(", ")"];

    private readonly ReadOnlySpan<char> _text = text;
    private int _at;

    /// <summary>Where the next token is looked for.</summary>
    public int Position
    {
        readonly get => _at;
        set => _at = Math.Min(value, _text.Length);
    }

    public ShellToken Next()
    {
        SkipBlanks();
        var rest = _text[_at..];
        if (rest.IsEmpty) return new(ShellTokenKind.End, _at, 0);
        if (rest[0] == '\n') return Take(ShellTokenKind.NewLine, 1);
        foreach (var symbol in s_operators)
            if (rest.StartsWith(symbol, StringComparison.Ordinal)) return Take(ShellTokenKind.Operator, symbol.Length);
        return Take(ShellTokenKind.Word, WordLength(rest));
    }

    /// <summary>The text of a here-document, up to the line that is its delimiter; stands behind that line afterwards.</summary>
    public ReadOnlySpan<char> TakeHereDocument(ReadOnlySpan<char> delimiter, bool stripTabs)
    {
        var start = _at;
        while (_at < _text.Length)
        {
            var rest = _text[_at..];
            var length = rest.IndexOf('\n');
            var line = length < 0 ? rest : rest[..length];
            var end = _at;
            _at += length < 0 ? rest.Length : length + 1;
            if ((stripTabs ? line.TrimStart('\t') : line).SequenceEqual(delimiter)) return _text[start..end];
        }
        return _text[start..];
    }

    /// <summary>The delimiter of a here-document as it stands on the line that ends it.</summary>
    public static string Unquoted(ReadOnlySpan<char> delimiter) =>
        delimiter.ToString().Replace("\\", "", StringComparison.Ordinal).Replace("'", "", StringComparison.Ordinal).Replace("\"", "", StringComparison.Ordinal);

    /// <summary>The length of a quoted or bracketed piece that starts with its opening character.</summary>
    public static int PieceLength(ReadOnlySpan<char> text) => text switch
    {
        ['\\', _, ..] => 2,
        ['\'', ..] => text[1..].IndexOf('\'') is >= 0 and var end ? end + 2 : text.Length,
        ['"', ..] => BracketedLength(text, 1, '"'),
        ['`', ..] => BacktickLength(text),
        ['$', '(', ..] => BracketedLength(text, 2, ')'),
        ['$', '{', ..] => BracketedLength(text, 2, '}'),
        _ => 1,
    };

    private static int WordLength(ReadOnlySpan<char> text)
    {
        var length = 0;
        while (length < text.Length && !s_wordEnds.Contains(text[length])) length += PieceLength(text[length..]);
        return Math.Min(length, text.Length);
    }

    private static int BracketedLength(ReadOnlySpan<char> text, int start, char close)
    {
        if (close == ')') return CommandLength(text, start);
        var at = start;
        while (at < text.Length)
        {
            if (text[at] == close) return at + 1;
            at += text[at] == '\'' ? 1 : PieceLength(text[at..]);   // in double quotes a single quote means nothing
        }
        return text.Length;
    }

    /// <summary>Round brackets nest, except that those behind the patterns of a <c>case</c> have no partner.</summary>
    private static int CommandLength(ReadOnlySpan<char> text, int start)
    {
        var (at, open, cases) = (start, 0, 0);
        while (at < text.Length)
        {
            var rest = text[at..];
            var startsWord = IsBlank(text[at - 1]);
            if (rest[0] == ')' && open == 0 && cases == 0) return at + 1;
            if (rest[0] == '(') open++;
            if (rest[0] == ')' && open > 0) open--;
            if (startsWord && rest is ['c', 'a', 's', 'e', ' ' or '\t', ..]) cases++;
            if (startsWord && cases > 0 && rest.StartsWith("esac", StringComparison.Ordinal)) cases--;
            at += startsWord && rest[0] == '#' ? CommentLength(rest) : PieceLength(rest);
        }
        return text.Length;
    }

    private static int BacktickLength(ReadOnlySpan<char> text)
    {
        for (var at = 1; at < text.Length; at++)
        {
            if (text[at] == '\\') at++;
            else if (text[at] == '`') return at + 1;
        }
        return text.Length;
    }

    private static int CommentLength(ReadOnlySpan<char> text) => text.IndexOf('\n') is >= 0 and var end ? end : text.Length;

    private static bool IsBlank(char c) => c is ' ' or '\t' or '\n' or '\r' or ';' or '(';

    private void SkipBlanks()
    {
        while (_at < _text.Length)
        {
            switch (_text[_at..])
            {
                case [' ' or '\t' or '\r', ..]: _at++; break;
                case ['\\', '\n', ..]: _at += 2; break;
                case ['#', ..]: _at += CommentLength(_text[_at..]); break;
                default: return;
            }
        }
    }

    private ShellToken Take(ShellTokenKind kind, int length)
    {
        var token = new ShellToken(kind, _at, length);
        _at += length;
        return token;
    }
}
