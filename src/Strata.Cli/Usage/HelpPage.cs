using System.Text;

namespace Strata.Cli.Usage;

/// <summary>What <c>--help</c> prints. Lines are wrapped at a fixed width, so that the text is the same everywhere.</summary>
public static class HelpPage
{
    private const int Width = 100;
    private const int VerbColumn = 12;
    private const int MostIndent = 28;

    /// <summary>All commands in a line each; those of a family together.</summary>
    public static string OfProgram(string version, IEnumerable<(string Name, Type Type)> verbs, IReadOnlyDictionary<string, string> families)
    {
        var text = new StringBuilder($"{version}: builds images from layers of recipes\n\nstrata COMMAND [OPTIONS] …\n\n");
        foreach (var family in verbs.GroupBy(v => v.Name.Split(' ')[0], StringComparer.Ordinal))
        {
            var actions = family.Where(v => v.Name.Contains(' ')).Select(v => v.Name.Split(' ')[1]).ToArray();
            var summary = actions.Length == 0 ? VerbDefinition.SummaryOf(family.First().Type) : $"{families[family.Key]} {string.Join(", ", actions)}.";
            AppendEntry(text, family.Key, summary, VerbColumn);
        }
        return text.Append("\nstrata COMMAND --help says more about one, with examples.\n").ToString();
    }

    /// <summary>The actions of <c>strata layer</c> and the like.</summary>
    public static string OfFamily(string family, string summary, IEnumerable<Type> actions)
    {
        var text = new StringBuilder($"strata {family} ACTION [OPTIONS] …\n\n{summary}\n\n");
        foreach (var action in actions) AppendEntry(text, VerbDefinition.NameOf(action).Split(' ')[1], VerbDefinition.SummaryOf(action), VerbColumn);
        return text.ToString();
    }

    public static string OfVerb(VerbDefinition verb)
    {
        var text = new StringBuilder($"strata {verb.Name} [OPTIONS]");
        foreach (var value in verb.Values) _ = text.Append(value.IsRequired ? $" {value}" : $" [{value}]");
        _ = text.Append("\n\n");
        AppendWrapped(text, verb.Help, 0, 0);
        var column = Math.Min(MostIndent, verb.Values.Concat(verb.Options).Max(o => o.ToString().Length) + 2);
        AppendEntries(text, verb.Values, column);
        AppendEntries(text, verb.Options, column);
        if (verb.Examples.Length > 0) _ = text.Append("\nExamples:\n");
        foreach (var example in verb.Examples) _ = text.Append("  ").Append(example).Append('\n');
        return text.ToString();
    }

    private static void AppendEntries(StringBuilder text, IReadOnlyCollection<OptionDefinition> options, int column)
    {
        if (options.Count > 0) _ = text.Append('\n');
        foreach (var option in options) AppendEntry(text, option.ToString(), option.Help, column);
    }

    private static void AppendEntry(StringBuilder text, string name, string help, int column)
    {
        _ = text.Append("  ").Append(name.PadRight(column));
        if (name.Length >= column) _ = text.Append('\n').Append(' ', column + 2);
        AppendWrapped(text, help, column + 2, column + 2);
    }

    /// <summary>Words up to the width; further lines start at the indent.</summary>
    private static void AppendWrapped(StringBuilder text, string sentence, int at, int indent)
    {
        var isFirst = true;
        foreach (var word in sentence.Split(' '))
        {
            if (!isFirst && at + 1 + word.Length > Width)
            {
                _ = text.Append('\n').Append(' ', indent);
                (at, isFirst) = (indent, true);
            }
            _ = text.Append(isFirst ? "" : " ").Append(word);
            at += word.Length + (isFirst ? 0 : 1);
            isFirst = false;
        }
        _ = text.Append('\n');
    }
}
