using System.Text;
using Strata.Cli;
using Strata.Cli.Usage;
using Strata.Cli.Verbs;

namespace Strata.Tests.Docs;

/// <summary>The pages below docs/reference, made from the verbs' own definitions and from the pages about messages.</summary>
internal static class ReferencePages
{
    public static string Commands()
    {
        var text = new StringBuilder("# Commands\n\nMade from the code by `tests/Strata.Tests/Docs`; `strata COMMAND --help` prints the same.\n\n");
        foreach (var verb in CommandLineInterface.Definitions) _ = text.Append($"- [{verb.Name}](#{verb.Name.Replace(' ', '-')}): {verb.Help}\n");
        foreach (var verb in CommandLineInterface.Definitions) Append(text, verb);
        return text.ToString();
    }

    public static string Messages()
    {
        var text = new StringBuilder("# Messages\n\nMade from the pages in the program by `tests/Strata.Tests/Docs`; `strata explain CODE` prints one of them.\n");
        foreach (var code in ExplainVerb.Pages.Codes) _ = text.Append('\n').Append(Below(ExplainVerb.Pages.Find(code)!.TrimEnd('\n'))).Append('\n');
        return text.ToString();
    }

    private static void Append(StringBuilder text, VerbDefinition verb)
    {
        var values = string.Concat(verb.Values.Select(v => v.IsRequired ? $" {v}" : $" [{v}]"));
        _ = text.Append($"\n## {verb.Name}\n\n`strata {verb.Name} [OPTIONS]{values}`\n\n{verb.Help}\n\n| option | what it does |\n|---|---|\n");
        foreach (var option in verb.Values.Concat(verb.Options)) _ = text.Append($"| `{Cell($"{option}".Trim())}` | {Cell(option.Help)} |\n");
        _ = text.Append("\n```\n").AppendJoin('\n', verb.Examples).Append("\n```\n");
    }

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);

    /// <summary>Headings one level down; a hash inside a fenced block is a comment.</summary>
    private static string Below(string page)
    {
        var isFenced = false;
        return string.Join('\n', page.Split('\n').Select(line =>
        {
            if (line.StartsWith("```", StringComparison.Ordinal)) isFenced = !isFenced;
            return !isFenced && line.StartsWith('#') ? "#" + line : line;
        }));
    }
}
