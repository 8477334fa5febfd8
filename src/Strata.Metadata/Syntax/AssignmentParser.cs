using System.Buffers;
using System.Collections.Immutable;
using Strata.Core;
using Strata.Metadata.Names;

namespace Strata.Metadata.Syntax;

/// <summary>
/// <c>[export ]NAME[flag] OP "value"</c>. The name is as short as possible (<c>A+="x"</c> appends to A, <c>A+ = "x"</c> sets "A+"),
/// the value as long as possible: from the first quote to the last one of the line.
/// </summary>
internal static class AssignmentParser
{
    private const string Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_+.";

    private static readonly SearchValues<char> s_name = SearchValues.Create(Letters + "${}/~:");
    private static readonly SearchValues<char> s_flagStart = SearchValues.Create(Letters);
    private static readonly SearchValues<char> s_flag = SearchValues.Create(Letters + "@/");

    public static AssignmentStatement? Parse(ReadOnlySpan<char> line, SourceSpan place, ImmutableArray<Diagnostic>.Builder problems)
    {
        if (line.StartsWith("export") && line.Length > 6 && char.IsWhiteSpace(line[6])
            && ParseFromName(line[6..].TrimStart(), place, true, problems) is { } exported) return exported;
        return ParseFromName(line, place, false, problems);
    }

    public static bool IsFlagName(ReadOnlySpan<char> text) => !text.IsEmpty && s_flagStart.Contains(text[0]) && !text.ContainsAnyExcept(s_flag);

    private static AssignmentStatement? ParseFromName(ReadOnlySpan<char> line, SourceSpan place, bool exports, ImmutableArray<Diagnostic>.Builder problems)
    {
        for (var end = 0; end < line.Length; end++)
        {
            var rest = line[end..];
            if ((rest[0] is '[' or ':' or '?' or '=' or '+' or '.' || char.IsWhiteSpace(rest[0])) && TryParseRest(rest, out var flag, out var op, out var value, out var spaced))
            {
                if (end == 0) return null;
                if (!spaced) problems.Add(MetadataRules.NoBlanksAroundOperator(place, line[..end]));
                return new(place, Name.Of(line[..end]), flag, op, value, exports);
            }
            if (!s_name.Contains(rest[0])) return null;
        }
        return null;
    }

    private static bool TryParseRest(ReadOnlySpan<char> rest, out string? flag, out AssignmentOperator op, out string value, out bool spaced)
    {
        (flag, op, value, spaced) = (null, default, "", false);
        if (rest[0] == '[')
        {
            var close = rest.IndexOf(']');
            if (close < 0 || !IsFlagName(rest[1..close])) return false;
            flag = rest[1..close].ToString();
            rest = rest[(close + 1)..];
        }
        var trimmed = rest.TrimStart();
        if (OperatorLength(trimmed, out op) is not (> 0 and var length)) return false;
        var quoted = trimmed[length..].TrimStart();
        spaced = trimmed.Length < rest.Length && quoted.Length < trimmed.Length - length;
        if (quoted is not [('"' or '\'') and var quote, .., var last] || last != quote || quoted.Count(quote) == 3) return false;
        value = quoted[1..^1].ToString();
        return true;
    }

    private static int OperatorLength(ReadOnlySpan<char> text, out AssignmentOperator op)
    {
        (op, var length) = text switch
        {
            [':', '=', ..] => (AssignmentOperator.SetNow, 2),
            ['?', '?', '=', ..] => (AssignmentOperator.SetDefault, 3),
            ['?', '=', ..] => (AssignmentOperator.SetIfUnset, 2),
            ['+', '=', ..] => (AssignmentOperator.Append, 2),
            ['=', '+', ..] => (AssignmentOperator.Prepend, 2),
            ['=', '.', ..] => (AssignmentOperator.PrependTight, 2),
            ['.', '=', ..] => (AssignmentOperator.AppendTight, 2),
            ['=', ..] => (AssignmentOperator.Set, 1),
            _ => (default, 0),
        };
        return length;
    }
}
