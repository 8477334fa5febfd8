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

    public static string Variables()
    {
        var assignments = CoreLayer.Assignments.ToLookup(a => a.Name, StringComparer.Ordinal);
        var text = new StringBuilder("# Variables\n\nMade from `meta-core/conf/documentation.conf` by `tests/Strata.Tests/Docs`; `strata explain VARIABLE` prints one of them, `strata getvar VARIABLE --history` its value.\n\n")
            .Append("| variable | what it is for | default | set in |\n|---|---|---|---|\n");
        foreach (var (name, purpose) in CoreLayer.Pages.Variables)
            _ = text.Append($"| `{name}` | {Cell(purpose)} | {Default(assignments[name])} | {string.Join(", ", assignments[name].Select(a => Where(a.File)).Distinct(StringComparer.Ordinal))} |\n");
        return text.ToString();
    }

    public static string Classes()
    {
        var text = new StringBuilder("# Classes\n\nMade from the comments in `meta-core/classes` by `tests/Strata.Tests/Docs`; `strata explain class:NAME` prints one of them. A recipe takes a class with `inherit NAME`.\n");
        foreach (var name in CoreLayer.Pages.Classes)
        {
            _ = text.Append($"\n## {name}\n\n{WithCode(CoreLayer.Pages.FindClass(name)!.TrimEnd())}\n");
            var open = CoreLayer.Assignments.Where(a => a.File == $"classes/{name}.bbclass" && a.Operator is "?=" or "??=").Select(a => $"`{a.Name}`").Distinct(StringComparer.Ordinal).ToArray();
            if (open is not []) _ = text.Append($"\nTo be set: {string.Join(", ", open)}.\n");
        }
        return text.ToString();
    }

    /// <summary>Lines that are set in become code, also right after a text.</summary>
    private static string WithCode(string page)
    {
        var isCode = false;
        return string.Concat(page.Split('\n').Select(line =>
        {
            var starts = !isCode && line.StartsWith("    ", StringComparison.Ordinal);
            var ends = isCode && line.Length > 0 && !line.StartsWith("    ", StringComparison.Ordinal);
            isCode = starts || (isCode && !ends);
            return starts || ends ? $"\n{line}\n" : $"{line}\n";
        })).Replace("\n\n\n", "\n\n", StringComparison.Ordinal).TrimEnd('\n');
    }

    /// <summary>Of what a user may set without further thought; a long text is in the file.</summary>
    private static string Default(IEnumerable<(string File, string Name, string Operator, string Value)> assignments) =>
        assignments.FirstOrDefault(a => a.Operator is "?=" or "??=" && !a.File.StartsWith("conf/machine", StringComparison.Ordinal)) is { Name: not null, Value.Length: <= 60 } open
            ? open.Value.Length == 0 ? "empty" : $"`{Cell(open.Value.Trim())}`"
            : "";

    private static string Where(string file) => file.StartsWith("conf/machine", StringComparison.Ordinal) ? "machines" : $"`{Path.GetFileName(file)}`";

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
