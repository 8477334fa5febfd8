using System.Collections.Immutable;
using System.Text;

namespace Strata.Packaging;

/// <summary>What the first line of a script says.</summary>
internal static class ScriptInterpreter
{
    /// <summary>Linux reads no more of it.</summary>
    private const int MaxLine = 256;

    private static readonly ImmutableArray<string> s_searched = ["/usr/bin", "/bin", "/usr/sbin", "/sbin", "/usr/local/bin"];

    /// <summary>The program that the kernel starts and, if that is <c>env</c>, the one that env starts.</summary>
    /// <param name="content">A file of any kind.</param>
    /// <returns>Of each program the paths where it may be, one of which is enough; empty for what is no script.</returns>
    public static ImmutableArray<ImmutableArray<string>> ProgramsOf(string content)
    {
        using var file = File.OpenRead(content);
        Span<byte> start = stackalloc byte[MaxLine];
        var line = start[..file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false)];
        if (!line.StartsWith("#!"u8)) return [];
        var end = line.IndexOf((byte)'\n');
        var words = Encoding.UTF8.GetString(end < 0 ? line[2..] : line[2..end]).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        return words switch
        {
            [['/', ..] program, .. var rest] when RootfsPath.Name(program) == "env" && rest.FirstOrDefault(IsProgram) is { } started => [[program], PathsOf(started)],
            [['/', ..] program, ..] => [[program]],
            _ => [],
        };
    }

    /// <summary>Not an option or a variable of env.</summary>
    private static bool IsProgram(string word) => word[0] != '-' && !word.Contains('=');

    private static ImmutableArray<string> PathsOf(string program) => program[0] == '/' ? [program] : [.. s_searched.Select(d => RootfsPath.Join(d, program))];
}
