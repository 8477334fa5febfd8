using System.Text;

namespace Strata.Cli.Usage;

/// <summary>A zsh function with one branch per verb, with descriptions.</summary>
public static class ZshCompletion
{
    public static string Script(IReadOnlyCollection<VerbDefinition> verbs)
    {
        var text = new StringBuilder(CompletionWords.Head("completion.zsh.head", verbs)).Append("    case $verb in\n");
        AppendChoice(text, "", verbs.DistinctBy(v => CompletionWords.FirstWord(v)).Select(v => Entry(CompletionWords.FirstWord(v), v.Name.Contains(' ') ? "" : v.Help)));
        foreach (var family in CompletionWords.Families(verbs)) AppendChoice(text, family.Key, family.Select(v => Entry(v.Name.Split(' ')[1], v.Help)));
        foreach (var verb in verbs) AppendVerb(text, verb);
        return text.Append(ProgramText.Read("completion.zsh.tail")).ToString();
    }

    private static void AppendChoice(StringBuilder text, string verb, IEnumerable<string> entries) =>
        text.Append($"        '{verb}') _strata_entries command {string.Join(' ', entries)} ;;\n");

    private static void AppendVerb(StringBuilder text, VerbDefinition verb)
    {
        _ = text.Append($"        '{verb.Name}')\n            case $previous in\n");
        foreach (var option in verb.Options.Where(o => o.Meta.Length > 0))
            _ = text.Append($"                {string.Join('|', option.Words)}) {Values(option.Meta)}; return ;;\n");
        var options = string.Join(' ', verb.Options.Select(o => Entry($"--{o.Long}", o.Help)));
        _ = text.Append("            esac\n")
            .Append($"            if [[ $current == -* ]]; then _strata_entries option {options}; return; fi\n")
            .Append($"            {(verb.Values is [var value, ..] ? Values(value.Meta) : ":")}\n            ;;\n");
    }

    private static string Values(string meta) =>
        CompletionWords.CommandFor(meta) is { } command ? $"_strata_output {command}"
        : CompletionWords.Choices(meta) is [_, ..] choices ? $"compadd -- {string.Join(' ', choices)}"
        : CompletionWords.IsDirectory(meta) ? "_files -/"
        : CompletionWords.IsFile(meta) ? "_files"
        : ":";

    private static string Entry(string word, string help) =>
        CompletionWords.Quoted(help.Length == 0 ? word : $"{word}:{help.Replace(":", "\\:", StringComparison.Ordinal)}");
}
