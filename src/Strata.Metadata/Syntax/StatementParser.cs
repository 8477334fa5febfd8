using System.Collections.Immutable;
using System.Text;
using Strata.Core;
using Strata.Metadata.Expressions;
using Strata.Metadata.Names;

namespace Strata.Metadata.Syntax;

/// <summary>
/// Physical lines → logical lines → statements. The extension decides between the configuration grammar and the recipe grammar,
/// which adds functions and classes and is stricter about comments inside a continued line.
/// </summary>
internal sealed class StatementParser
{
    private readonly string _path;
    private readonly bool _recipeGrammar;
    private readonly string _className;
    private readonly ImmutableArray<Statement>.Builder _statements = ImmutableArray.CreateBuilder<Statement>();
    private readonly ImmutableArray<Diagnostic>.Builder _problems = ImmutableArray.CreateBuilder<Diagnostic>();
    private readonly StringBuilder _joined = new();

    /// <summary>Where in the joined line each of its physical lines ends.</summary>
    private readonly List<int> _ends = [];

    private StatementParser(string path)
    {
        _path = path;
        _recipeGrammar = !path.EndsWith(".conf", StringComparison.Ordinal);
        _className = path.EndsWith(".bbclass", StringComparison.Ordinal) ? Path.GetFileNameWithoutExtension(path) : "";
    }

    /// <param name="pieces">Filled with what each part of the text is; together they are the text, character by character.</param>
    public static MetadataFile Parse(string path, ReadOnlySpan<char> text, ICollection<SyntaxPiece>? pieces = null)
    {
        var parser = new StatementParser(path);
        var lines = new LineReader(text);
        for (var start = 0; lines.TryRead(out var line); start = lines.Position)
        {
            var before = parser._statements.Count;
            parser.ReadLogicalLine(line, ref lines);
            pieces?.Add(new(start, lines.Position, parser._statements.Count > before ? parser._statements[before] : null));
        }
        return new(path, parser._statements.DrainToImmutable(), parser._problems.DrainToImmutable());
    }

    private void ReadLogicalLine(ReadOnlySpan<char> line, ref LineReader lines)
    {
        var place = new SourceSpan(_path, lines.Number, 1);
        _ends.Clear();
        if (line is [.., '\\'] && !TryJoin(ref line, ref lines, place)) return;
        if (line.IsEmpty || line[0] == '#') return;
        if (_recipeGrammar && TryReadBlock(line, ref lines, place)) return;
        var statement = new LogicalLine(line, place, _className).Parse(_recipeGrammar, _problems);
        if (statement is not null)
        {
            _statements.Add(statement);
            return;
        }
        var mistake = LineMistake.In(line, !_recipeGrammar);
        _problems.Add(MetadataRules.UnparsedLine(PlaceIn(place, mistake.At), line, mistake.Hint));
    }

    /// <summary>Where a character of the joined line stands in the file.</summary>
    private SourceSpan PlaceIn(SourceSpan start, int index)
    {
        var before = _ends.TakeWhile(e => e <= index).Count();
        return start with { Line = start.Line + before, Column = index + 1 - (before == 0 ? 0 : _ends[before - 1]) };
    }

    /// <summary>Glues continued lines together with nothing in between. False if the line is unusable, which is then reported.</summary>
    private bool TryJoin(ref ReadOnlySpan<char> line, ref LineReader lines, SourceSpan place)
    {
        var isComment = line[0] == '#';
        _ = _joined.Clear().Append(line[..^1]);
        _ends.Add(_joined.Length);
        while (true)
        {
            if (!lines.TryRead(out var next))
            {
                if (!_recipeGrammar) break;
                _problems.Add(MetadataRules.EndOfFileInContinuation(place));
                return false;
            }
            if (isComment && (next.IsEmpty ? _recipeGrammar : next[0] != '#'))
            {
                _problems.Add(MetadataRules.CommentContinuesIntoText(new(_path, lines.Number, 1), place));
                return false;
            }
            if (!isComment && _recipeGrammar && next is ['#', ..])
            {
                _problems.Add(MetadataRules.CommentInsideContinuation(new(_path, lines.Number, 1), place));
                return false;
            }
            if (next is not [.., '\\'])
            {
                _ = _joined.Append(next);
                break;
            }
            _ = _joined.Append(next[..^1]);
            _ends.Add(_joined.Length);
        }
        line = _joined.ToString();
        return true;
    }

    /// <summary>Functions: statements that go on over further physical lines.</summary>
    private bool TryReadBlock(ReadOnlySpan<char> line, ref LineReader lines, SourceSpan place)
    {
        if (FunctionHeader.TryParse(line, out var header))
        {
            ReadFunction(header, ref lines, place);
            return true;
        }
        if (PythonHeader.TryParse(line, out var name, out var parameters))
        {
            ReadDefinition(line, name, parameters, ref lines, place);
            return true;
        }
        return false;
    }

    private void ReadFunction(FunctionHeader header, ref LineReader lines, SourceSpan place)
    {
        var body = new StringBuilder();
        while (lines.TryRead(out var line))
        {
            if (line is "}")
            {
                _statements.Add(new FunctionStatement(place, header.Name is null ? null : Name.Of(header.Name), body.ToString(), header.IsPython, header.IsFakeroot));
                if (header.IsPython) _problems.Add(MetadataRules.PythonSkipped(place, header.Name));
                return;
            }
            _ = body.Append(line).Append('\n');
        }
        _problems.Add(MetadataRules.FunctionNotClosed(place, header.Name ?? "python"));
    }

    /// <summary>The body goes on while lines are indented, empty, or comments; the line after it is an ordinary one.</summary>
    private void ReadDefinition(ReadOnlySpan<char> head, string name, string parameters, ref LineReader lines, SourceSpan place)
    {
        var body = new StringBuilder();
        var definition = head.ToString();
        while (true)
        {
            var more = lines.TryRead(out var line);
            if (more && (line.IsEmpty || line[0] == '#' || char.IsWhiteSpace(line[0])))
            {
                _ = body.Append(line).Append('\n');
                continue;
            }
            var function = new PythonFunction(name, parameters, body.ToString(), place);
            _statements.Add(new PythonDefinition(place, Name.Of(name), function, $"{definition}\n{body}"[..^1]));
            _problems.Add(MetadataRules.PythonDefinitionKept(place, name));
            if (more) lines.Unread();
            return;
        }
    }
}
