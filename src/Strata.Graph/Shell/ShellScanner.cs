using System.Buffers;

namespace Strata.Graph.Shell;

/// <summary>
/// Finds the words of a shell text that stand where a command may stand. No grammar: it only follows which word opens a command,
/// so text that no shell would accept is read as far as it makes sense.
/// </summary>
internal sealed class ShellScanner
{
    // Deeper nesting does not occur; hostile text must not exhaust the stack.
    private const int DeepestNesting = 50;

    private static readonly SearchValues<char> s_notPlain = SearchValues.Create("'\"\\$`=");

    private readonly HashSet<string> _plain = new(StringComparer.Ordinal);
    private readonly HashSet<string> _hidden = new(StringComparer.Ordinal);
    private readonly HashSet<string> _defined = new(StringComparer.Ordinal);
    private string? _refusal;

    public ShellCommands Result()
    {
        _plain.ExceptWith(_defined);
        _hidden.ExceptWith(_defined);
        _hidden.ExceptWith(_plain);
        return new([.. _plain.Order(StringComparer.Ordinal)], [.. _hidden.Order(StringComparer.Ordinal)]) { Refusal = _refusal };
    }

    /// <param name="hidden">True where BitBake would not look: everything found goes to the hidden list.</param>
    public void Scan(ReadOnlySpan<char> text, bool hidden, int depth)
    {
        if (depth > DeepestNesting) return;
        if (depth > 0 && !hidden && ShellGrammar.Check(text.ToString()) is var (problem, refusal)) _refusal ??= refusal ?? problem;
        var lexer = new ShellLexer(text);
        var state = new CommandState();
        var documents = new Queue<(string Delimiter, bool StripTabs, bool Expands)>();
        while (lexer.Next() is { Kind: not ShellTokenKind.End } token)
        {
            var word = token.In(text);
            if (token.Kind == ShellTokenKind.NewLine)
            {
                state.EndCommand();
                while (documents.TryDequeue(out var document))
                {
                    var body = lexer.TakeHereDocument(document.Delimiter, document.StripTabs);
                    if (document.Expands) ScanDocument(body, depth);
                }
            }
            else if (token.Kind == ShellTokenKind.Operator) ReadOperator(word, state, text, ref lexer, documents, hidden, depth);
            else ReadWord(word, state, text, lexer, hidden, depth);
        }
    }

    private void ReadOperator(
        ReadOnlySpan<char> symbol, CommandState state, ReadOnlySpan<char> text, ref ShellLexer lexer,
        Queue<(string Delimiter, bool StripTabs, bool Expands)> documents, bool hidden, int depth)
    {
        if (symbol[0] is not ('<' or '>'))
        {
            state.ReadOperator(symbol);
            return;
        }
        if (lexer.Next() is not { Kind: ShellTokenKind.Word } target) return;
        var word = target.In(text);
        if (symbol is "<<" or "<<-")
        {
            var delimiter = ShellLexer.Unquoted(word);
            documents.Enqueue((delimiter, symbol is "<<-", delimiter.Length == word.Length));
        }
        else ScanSubstitutions(word, hidden: true, depth, quoted: false);
    }

    private void ReadWord(ReadOnlySpan<char> word, CommandState state, ReadOnlySpan<char> text, ShellLexer lexer, bool hidden, int depth)
    {
        ScanSubstitutions(word, hidden || state.IsCaseSubject, depth, quoted: false);
        if (IsNumberOfRedirection(word, text, lexer.Position)) return;
        switch (state.ReadWord(word))
        {
            case WordRole.Command when word is "eval":
                Scan(RestOfCommand(text, lexer), hidden, depth + 1);
                break;
            case WordRole.Command when lexer.Next() is { Kind: ShellTokenKind.Operator } next && next.In(text) is "(":
                _ = _defined.Add(word.ToString());
                break;
            case WordRole.Command:
                if (IsPlain(word)) _ = (hidden ? _hidden : _plain).Add(word.ToString());
                break;
            case WordRole.HiddenCommand:
                if (IsPlain(word)) _ = _hidden.Add(word.ToString());
                break;
            case WordRole.FunctionName:
                _ = _defined.Add(word.ToString());
                break;
            case WordRole.Other:
                break;
        }
    }

    /// <summary>BitBake does not look into here-documents.</summary>
    private void ScanDocument(ReadOnlySpan<char> body, int depth)
    {
        var before = _refusal;
        ScanSubstitutions(body, hidden: true, depth, quoted: true);
        _refusal = before;
    }

    /// <summary>Scans what <c>$( )</c> and backticks in a word would run.</summary>
    private void ScanSubstitutions(ReadOnlySpan<char> word, bool hidden, int depth, bool quoted)
    {
        if (depth > DeepestNesting) return;
        for (var at = 0; at < word.Length;)
        {
            var rest = word[at..];
            var length = quoted && rest[0] is '\'' or '"' ? 1 : Math.Min(ShellLexer.PieceLength(rest), rest.Length);
            var piece = rest[..length];
            switch (piece)
            {
                case ['$', '(', '(', .., ')', ')']:
                    _refusal ??= "BitBake does not read $(( ))";
                    ScanSubstitutions(piece[3..^2], hidden, depth + 1, quoted: true);
                    break;
                case ['$', '(', .., ')']: Scan(piece[2..^1], hidden, depth + 1); break;
                case ['$', '(', ..]: Scan(piece[2..], hidden, depth + 1); break;
                case ['$', '{', ..]: ScanSubstitutions(piece[2..], hidden: true, depth + 1, quoted: true); break;
                case ['`', .. var inner, '`']:
                    Scan(inner, hidden, depth + 1);
                    // What is nested there is escaped, which BitBake leaves as it is.
                    if (inner.Contains("\\`", StringComparison.Ordinal)) Scan(inner.ToString().Replace("\\`", "`", StringComparison.Ordinal), hidden: true, depth + 1);
                    break;
                case ['"', ..] when length > 1: ScanSubstitutions(piece[1..], hidden, depth + 1, quoted: true); break;
                default: break;
            }
            at += length;
        }
    }

    /// <summary>The arguments of <c>eval</c> are commands themselves.</summary>
    private static ReadOnlySpan<char> RestOfCommand(ReadOnlySpan<char> text, ShellLexer lexer)
    {
        var start = lexer.Position;
        while (true)
        {
            var token = lexer.Next();
            if (token.Kind != ShellTokenKind.Word) return text[start..token.Start];
        }
    }

    private static bool IsNumberOfRedirection(ReadOnlySpan<char> word, ReadOnlySpan<char> text, int end) =>
        !word.ContainsAnyExceptInRange('0', '9') && end < text.Length && text[end] is '<' or '>';

    private static bool IsPlain(ReadOnlySpan<char> word) => !word.ContainsAny(s_notPlain);
}
