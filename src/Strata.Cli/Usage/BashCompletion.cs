using System.Text;

namespace Strata.Cli.Usage;

/// <summary>A bash function with one branch per verb.</summary>
public static class BashCompletion
{
    public static string Script(IReadOnlyCollection<VerbDefinition> verbs)
    {
        var text = new StringBuilder(CompletionWords.Head("completion.bash.head", verbs)).Append("    case $verb in\n");
        AppendChoice(text, "", [.. verbs.Select(CompletionWords.FirstWord).Distinct(StringComparer.Ordinal), "help", "--help", "--version"]);
        foreach (var family in CompletionWords.Families(verbs)) AppendChoice(text, family.Key, family.Select(v => v.Name.Split(' ')[1]));
        foreach (var verb in verbs) AppendVerb(text, verb);
        return text.Append(ProgramText.Read("completion.bash.tail")).ToString();
    }

    private static void AppendChoice(StringBuilder text, string verb, IEnumerable<string> words) =>
        text.Append($"        '{verb}') _strata_words \"{string.Join(' ', words)}\" ;;\n");

    private static void AppendVerb(StringBuilder text, VerbDefinition verb)
    {
        _ = text.Append($"        '{verb.Name}')\n            case $previous in\n");
        foreach (var option in verb.Options.Where(o => o.Meta.Length > 0))
            _ = text.Append($"                {string.Join(" | ", option.Words)}) {Values(option.Meta)}; return ;;\n");
        var options = string.Join(' ', verb.Options.SelectMany(o => o.Words).Append("--help"));
        _ = text.Append("            esac\n")
            .Append($"            if [[ $current == -* ]]; then _strata_words \"{options}\"; return; fi\n")
            .Append($"            {(verb.Values is [var value, ..] ? Values(value.Meta) : "COMPREPLY=()")}\n            ;;\n");
    }

    private static string Values(string meta) =>
        CompletionWords.CommandFor(meta) is { } command ? $"_strata_words \"$({command} 2>/dev/null)\""
        : CompletionWords.Choices(meta) is [_, ..] choices ? $"_strata_words \"{string.Join(' ', choices)}\""
        : CompletionWords.IsDirectory(meta) ? "_strata_directories"
        : CompletionWords.IsFile(meta) ? "_strata_files"
        : "COMPREPLY=()";
}
