using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace Strata.Packaging;

/// <summary>The account that GNU ld gives of a link (its -Map).</summary>
/// <param name="Output">As the command named it.</param>
/// <param name="Inputs">Archives with a member that was taken, and object files; as the command named them, ordinal, each once.</param>
public sealed partial record LinkMap(string Output, ImmutableArray<string> Inputs)
{
    private const string ArchiveHeading = "Archive member included";
    private const string LoadLine = "LOAD ";
    private const string OutputLine = "OUTPUT(";

    /// <summary>Null when the link did not end with an output.</summary>
    public static LinkMap? Read(TextReader reader)
    {
        var inputs = new SortedSet<string>(StringComparer.Ordinal);
        string? output = null;
        var inArchives = false;
        while (reader.ReadLine() is { } line)
            if (line.Length == 0) continue;
            else if (line.StartsWith(LoadLine, StringComparison.Ordinal))
            {
                inArchives = false;
                if (line.EndsWith(".o", StringComparison.Ordinal)) inputs.Add(line[LoadLine.Length..]);
            }
            else if (line.StartsWith(OutputLine, StringComparison.Ordinal) && line.LastIndexOf(' ') is > 0 and var end) output = line[OutputLine.Length..end];
            else if (line.StartsWith(ArchiveHeading, StringComparison.Ordinal)) inArchives = true;
            else if (inArchives && !char.IsWhiteSpace(line[0]))
            {
                if (Member().Match(line) is { Success: true } member) inputs.Add(member.Groups[1].Value);
                else inArchives = false;
            }
        return output is null ? null : new(output, [.. inputs]);
    }

    /// <summary>A short name has the reason for it in the same line.</summary>
    [GeneratedRegex(@"^(.+?)\([^()]+\)(\s.*)?$", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Member();
}
