using System.Collections.Frozen;

namespace Strata.Graph.Shell;

/// <summary>
/// Checks a text against the grammar of the POSIX shell: what is opened is closed, what is joined has two sides. Knows words, not what
/// they expand to. Nested commands (<c>$( )</c>, backticks) are texts of their own. Notes also what BitBake's parser refuses although
/// shells run it: it takes some words for keywords wherever they stand, and does not know all commands.
/// </summary>
internal sealed class ShellGrammar
{
    private static readonly FrozenSet<string> s_keywords = FrozenSet.Create(StringComparer.Ordinal, "else", "elif", "case", "esac", "while", "{", "}");
    private static readonly FrozenSet<string> s_keywordsOutsideArguments = FrozenSet.Create(StringComparer.Ordinal, "if", "then", "do", "done", "until", "for", "!");

    // Hostile text must not exhaust the stack; nothing real nests as deeply.
    private const int DeepestNesting = 200;

    private readonly List<string> _tokens;
    private int _at;
    private int _depth;

    /// <summary>Why BitBake refuses the text; the first reason that was met.</summary>
    private string? _refusal;

    private ShellGrammar(List<string> tokens) => _tokens = tokens;

    /// <summary>What is wrong for every shell, and what only for BitBake, in words; null if nothing is.</summary>
    public static (string? Problem, string? Refusal) Check(string text)
    {
        if (!TryCut(text, out var tokens)) return ("a quote or bracket is never closed", null);
        var grammar = new ShellGrammar(tokens);
        return (grammar.List() && grammar._at == tokens.Count ? null : grammar.Complaint(), grammar._refusal);
    }

    /// <summary>Words and operators; a line end is the token "\n". False if a word does not end before the text does.</summary>
    private static bool TryCut(string text, out List<string> tokens)
    {
        // Whatever is closed ends before these two.
        var padded = text + "\n\n";
        var lexer = new ShellLexer(padded);
        tokens = [];
        var documents = new Queue<(string Delimiter, bool StripTabs)>();
        while (lexer.Next() is { Kind: not ShellTokenKind.End } token)
        {
            if (token.Kind is ShellTokenKind.Word && token.Start + token.Length == padded.Length) return false;
            tokens.Add(token.In(padded).ToString());
            if (token.Kind is ShellTokenKind.NewLine)
                while (documents.TryDequeue(out var document)) _ = lexer.TakeHereDocument(document.Delimiter, document.StripTabs);
            else if (tokens is [.., "<<" or "<<-", var delimiter] && token.Kind is ShellTokenKind.Word)
                documents.Enqueue((ShellLexer.Unquoted(delimiter), tokens[^2] is "<<-"));
        }
        return true;
    }

    private string Complaint() => _at < _tokens.Count
        ? _tokens[_at] is "\n" ? "a line ends where a command should go on" : $"'{_tokens[_at]}' cannot stand where it does"
        : "the text ends inside of a command";

    private string? Next => _at < _tokens.Count ? _tokens[_at] : null;

    private bool Take(string token)
    {
        if (Next != token) return false;
        _at++;
        return true;
    }

    private void SkipLines()
    {
        while (Take("\n")) { }
    }

    /// <summary>Any number of commands, each ended by a line end, <c>;</c> or <c>&amp;</c>.</summary>
    private bool List()
    {
        SkipLines();
        while (Next is not null && !EndsList(Next))
        {
            if (!AndOr()) return false;
            if (!Take(";") && !Take("&") && Next is not "\n") break;
            SkipLines();
        }
        return true;
    }

    private bool NonEmptyList()
    {
        var start = _at;
        return List() && _tokens.Skip(start).Take(_at - start).Any(t => t is not "\n");
    }

    private static bool EndsList(string token) => token is "then" or "else" or "elif" or "fi" or "do" or "done" or "esac" or "}" or ")" or ";;";

    private bool AndOr()
    {
        while (true)
        {
            if (!Pipeline()) return false;
            if (!Take("&&") && !Take("||")) return true;
            SkipLines();
        }
    }

    private bool Pipeline()
    {
        if (Take("!"))
            while (Take("!")) Refuse("'!' twice");
        while (true)
        {
            if (!Command()) return false;
            if (!Take("|")) return true;
            SkipLines();
        }
    }

    private bool Command()
    {
        if (++_depth > DeepestNesting) return false;
        var isGood = Next is "if" or "while" or "until" or "for" or "select" or "case" or "{" or "(" ? Compound() && Redirections() : SimpleCommand();
        _depth--;
        return isGood;
    }

    private bool Compound() => Next switch
    {
        "if" => If(),
        "while" or "until" => Loop(),
        "for" or "select" => For(),
        "case" => Case(),
        "{" => Group("{", "}"),
        _ => Group("(", ")"),
    };

    private bool Group(string open, string close) => Take(open) && NonEmptyList() && Take(close);

    private bool If()
    {
        if (!Take("if") || !NonEmptyList() || !Take("then") || !NonEmptyList()) return false;
        while (Take("elif"))
            if (!NonEmptyList() || !Take("then") || !NonEmptyList()) return false;
        return (!Take("else") || NonEmptyList()) && Take("fi");
    }

    private bool Loop()
    {
        _at++;
        return NonEmptyList() && Do();
    }

    private bool Do() => Take("do") && NonEmptyList() && Take("done");

    private bool For()
    {
        if (Next is "select") Refuse("'select'");
        _at++;
        if (!Word()) return false;
        SkipLines();
        if (!Take("in")) Refuse("'for' without 'in'");
        else
            while (Word()) { }
        _ = Take(";");
        SkipLines();
        return Do();
    }

    private bool Case()
    {
        _at++;
        if (!Word()) return false;
        SkipLines();
        if (!Take("in")) return false;
        SkipLines();
        while (!Take("esac"))
        {
            _ = Take("(");
            do
            {
                if (!Word()) return false;
            }
            while (Take("|"));
            if (!Take(")") || !List()) return false;
            if (!Take(";;") && Next is not "esac") return false;
            SkipLines();
        }
        return true;
    }

    /// <summary>Assignments, words and redirections, at least one of them; or the definition of a function.</summary>
    private bool SimpleCommand()
    {
        var start = _at;
        if (Next is { } first && EndsList(first)) return false;
        if (Take("function")) return Word() && (!Take("(") || Take(")")) && FunctionBody();
        if (Word() && Take("(")) return Take(")") && FunctionBody();
        while (Word(isArgument: true) || Redirection()) { }
        return _at > start;
    }

    private bool FunctionBody()
    {
        SkipLines();
        if (Next is not ("{" or "(" or "if" or "while" or "until" or "for" or "case") || !Compound()) return false;
        if (IsRedirection(_at)) Refuse("a redirection behind a function");
        return Redirections();
    }

    private bool Redirections()
    {
        while (Redirection() || (Next is { } number && int.TryParse(number, out _) && IsRedirection(_at + 1) && ++_at > 0)) { }
        return true;
    }

    private bool Redirection()
    {
        if (!IsRedirection(_at)) return false;
        _at++;
        if (Next is "fi") Refuse("'fi' as a file");
        if (Word()) return true;
        _at--;
        return false;
    }

    private bool IsRedirection(int at) => at < _tokens.Count && _tokens[at] is ['<' or '>', ..];

    private bool Word(bool isArgument = false)
    {
        if (Next is null or "\n" or "&&" or "||" or ";;" or ";" or "&" or "|" or "(" or ")" || IsRedirection(_at)) return false;
        if (s_keywords.Contains(Next) || (!isArgument && s_keywordsOutsideArguments.Contains(Next)) || (Next is "in" && _at >= 2 && _tokens[_at - 2] is "for" or "case"))
            Refuse($"'{Next}' as a word");
        _at++;
        return true;
    }

    private void Refuse(string what) => _refusal ??= $"BitBake does not read {what}";
}
