using System.Buffers;
using System.Collections.Immutable;
using Strata.Core;
using Strata.Metadata.Names;

namespace Strata.Metadata.Syntax;

/// <summary>One line after joining: at most one statement. The order of the attempts is BitBake's and matters.</summary>
internal readonly ref struct LogicalLine(ReadOnlySpan<char> text, SourceSpan place, string className)
{
    private static readonly SearchValues<char> s_plainName =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_+.${}/~");

    private readonly ReadOnlySpan<char> _text = text;

    /// <summary>Null if the line is none that BitBake knows.</summary>
    public Statement? Parse(bool recipeGrammar, ImmutableArray<Diagnostic>.Builder problems)
    {
        if (recipeGrammar && ParseRecipeStatement() is { } statement) return statement;
        if (AssignmentParser.Parse(_text, place, problems) is { } assignment) return assignment;
        return ParseConfigurationStatement();
    }

    private Statement? ParseRecipeStatement()
    {
        switch (_text[0])
        {
            case 'E' when TryKeyword("EXPORT_FUNCTIONS", out var rest): return new ExportFunctionsStatement(place, Words(rest), className);
            case 'a' when TryKeyword("addtask", out var rest): return ParseAddTask(WithoutComment(rest));
            case 'a' when TryKeyword("addhandler", out _): return new HandlerStatement(place);
            case 'd' when TryKeyword("deltask", out var rest): return new DeleteTaskStatement(place, WithoutComment(rest));
            case 'i' when TryKeyword("inherit", out var rest): return new InheritStatement(PlaceOf(rest), rest.ToString(), IsDeferred: false);
            case 'i' when TryKeyword("inherit_defer", out var rest): return new InheritStatement(PlaceOf(rest), rest.ToString(), IsDeferred: true);
            default: return null;
        }
    }

    private Statement? ParseConfigurationStatement()
    {
        switch (_text[0])
        {
            case 'i' when TryKeyword("include", out var rest): return new IncludeStatement(PlaceOf(rest), rest.ToString(), IncludeKind.Include);
            case 'i' when TryKeyword("include_all", out var rest): return new IncludeStatement(PlaceOf(rest), rest.ToString(), IncludeKind.IncludeAll);
            case 'r' when TryKeyword("require", out var rest): return new IncludeStatement(PlaceOf(rest), rest.ToString(), IncludeKind.Require);
            case 'e' when TryKeyword("export", out var rest) && IsPlainName(rest): return new ExportStatement(place, Name.Of(rest));
            case 'u' when TryKeyword("unset", out var rest): return ParseUnset(rest);
            case 'a' when TryKeyword("addpylib", out var rest) && Words(rest) is [var directory, var package]: return new AddLibraryStatement(place, directory, package);
            case 'a' when TryKeyword("addfragments", out var rest) && Words(rest) is [var directory, var variable, var flagged, var builtIns]:
                return new AddFragmentsStatement(place, directory, variable, flagged, builtIns);
            default: return null;
        }
    }

    /// <summary>
    /// Split at the words, as BitBake does, so that what stands between repeated keywords is glued without a blank:
    /// <c>after do_x before do_y after do_z</c> gives "do_xdo_z".
    /// </summary>
    private AddTaskStatement ParseAddTask(string text)
    {
        var tasks = text.Split(" before ")[0].Split(" after ")[0];
        var after = string.Concat(text.Split(" before ").Select(part => string.Join(' ', part.Split(" after ")[1..])));
        var before = string.Concat(text.Split(" after ").Select(part => string.Join(' ', part.Split(" before ")[1..])));
        return new(place, tasks, after, before);
    }

    private UnsetStatement? ParseUnset(ReadOnlySpan<char> rest)
    {
        if (IsPlainName(rest)) return new(place, Name.Of(rest), Flag: null);
        if (rest is not [.., ']'] || rest.IndexOf('[') is not (> 0 and var open) || !IsPlainName(rest[..open])) return null;
        var flag = rest[(open + 1)..^1];
        return flag.Length >= 2 && AssignmentParser.IsFlagName(flag) && !flag.Contains('/') ? new(place, Name.Of(rest[..open]), flag.ToString()) : null;
    }

    private bool TryKeyword(string keyword, out ReadOnlySpan<char> rest)
    {
        rest = default;
        if (!_text.StartsWith(keyword) || _text.Length == keyword.Length || !char.IsWhiteSpace(_text[keyword.Length])) return false;
        rest = _text[keyword.Length..].TrimStart();
        return !rest.IsEmpty;
    }

    private SourceSpan PlaceOf(ReadOnlySpan<char> rest) => place with { Column = _text.Length - rest.Length + 1 };

    private static string WithoutComment(ReadOnlySpan<char> text) => text.IndexOf('#') is >= 0 and var at ? text[..at].ToString() : text.ToString();

    private static bool IsPlainName(ReadOnlySpan<char> text) => !text.IsEmpty && !text.ContainsAnyExcept(s_plainName);

    private static string[] Words(ReadOnlySpan<char> text) => text.ToString().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
}
