namespace Strata.Graph.Shell;

/// <summary>Knows for the next word of a shell text whether a command may stand there.</summary>
internal sealed class CommandState
{
    private Place _place = Place.Command;
    private int _openCases;
    private bool _assigned;
    private bool _isHidden;
    private bool _mayDefineFunction;

    private enum Place
    {
        Command,
        Arguments,
        CaseSubject,
        CaseIn,
        CasePattern,
        FunctionName,
    }

    /// <summary>Whether a <c>case</c> compares the next word; BitBake does not look there for commands.</summary>
    public bool IsCaseSubject => _place is Place.CaseSubject;

    public void EndCommand()
    {
        if (_place is Place.Command or Place.Arguments) StartCommand();
    }

    public void ReadOperator(ReadOnlySpan<char> symbol)
    {
        if (_place == Place.CasePattern)
        {
            if (symbol is ")") StartCommand();
        }
        else if (symbol is ";;" && _openCases > 0) _place = Place.CasePattern;
        else if (symbol is ")") _place = Place.Arguments;
        else StartCommand();

        // `name ( )`: the body of a function follows, not more arguments of it.
        if (symbol is ")" && _mayDefineFunction) StartCommand();
        _mayDefineFunction = symbol is "(" && _mayDefineFunction;
    }

    public WordRole ReadWord(ReadOnlySpan<char> word)
    {
        _mayDefineFunction = false;
        switch (_place)
        {
            case Place.Command: return ReadCommand(word);
            case Place.CaseSubject: _place = Place.CaseIn; return WordRole.Other;
            case Place.CaseIn: _place = Place.CasePattern; return WordRole.Other;
            case Place.CasePattern when word is "esac": EndCase(); return WordRole.Other;
            case Place.FunctionName: StartCommand(); return WordRole.FunctionName;
            case Place.CasePattern or Place.Arguments: return WordRole.Other;
            default: throw new InvalidOperationException($"no such place: {_place}");
        }
    }

    private WordRole ReadCommand(ReadOnlySpan<char> word)
    {
        switch (word)
        {
            case "if" or "then" or "else" or "elif" or "do" or "while" or "until" or "!" or "{":
                StartCommand();
                return WordRole.Other;
            case "fi" or "done" or "}" or "for" or "select" or "in":
                _place = Place.Arguments;
                return WordRole.Other;
            case "case":
                _openCases++;
                _place = Place.CaseSubject;
                return WordRole.Other;
            case "esac":
                EndCase();
                return WordRole.Other;
            case "function":
                _place = Place.FunctionName;
                return WordRole.Other;
            default:
                return ReadSimpleCommand(word);
        }
    }

    private WordRole ReadSimpleCommand(ReadOnlySpan<char> word)
    {
        if (IsAssignment(word))
        {
            // BitBake loses the command when the first assignment in front of it runs commands itself.
            _isHidden |= !_assigned && (word.Contains("$(", StringComparison.Ordinal) || word.Contains('`'));
            _assigned = true;
            return WordRole.Other;
        }
        var role = _isHidden ? WordRole.HiddenCommand : WordRole.Command;
        _place = Place.Arguments;
        _mayDefineFunction = true;
        return role;
    }

    private void StartCommand() => (_place, _assigned, _isHidden) = (Place.Command, false, false);

    private void EndCase()
    {
        _openCases = Math.Max(0, _openCases - 1);
        _place = Place.Arguments;
    }

    private static bool IsAssignment(ReadOnlySpan<char> word)
    {
        var equals = word.IndexOf('=');
        if (equals <= 0 || char.IsAsciiDigit(word[0])) return false;
        foreach (var c in word[..equals])
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('_' or '+')) return false;
        return true;
    }
}
