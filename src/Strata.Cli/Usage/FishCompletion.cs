using System.Text;

namespace Strata.Cli.Usage;

/// <summary>One <c>complete</c> command of fish per verb, option and kind of value.</summary>
public static class FishCompletion
{
    public static string Script(IReadOnlyCollection<VerbDefinition> verbs)
    {
        var text = new StringBuilder(CompletionWords.Head("completion.fish.head", verbs));
        foreach (var verb in verbs.DistinctBy(v => CompletionWords.FirstWord(v)))
            AppendWord(text, "", CompletionWords.FirstWord(verb), verb.Name.Contains(' ') ? "" : verb.Help);
        foreach (var family in CompletionWords.Families(verbs))
            foreach (var verb in family) AppendWord(text, family.Key, verb.Name.Split(' ')[1], verb.Help);
        foreach (var verb in verbs)
        {
            foreach (var option in verb.Options) AppendOption(text, verb, option);
            if (verb.Values is [var value, ..]) _ = text.Append(Condition(verb.Name)).Append(Values(value.Meta)).Append('\n');
        }
        return text.ToString();
    }

    private static void AppendWord(StringBuilder text, string verb, string word, string help) =>
        text.Append(Condition(verb)).Append($" -a {word}").Append(Description(help)).Append('\n');

    private static void AppendOption(StringBuilder text, VerbDefinition verb, OptionDefinition option)
    {
        _ = text.Append(Condition(verb.Name)).Append($" -l {option.Long}");
        if (option.Short.Length > 0) _ = text.Append($" -s {option.Short}");
        if (option.Meta.Length > 0) _ = text.Append(CompletionWords.IsFile(option.Meta) ? " -r" : " -x").Append(Values(option.Meta));
        _ = text.Append(Description(option.Help)).Append('\n');
    }

    private static string Values(string meta) =>
        CompletionWords.CommandFor(meta) is { } command ? $" -a '({command} 2>/dev/null)'"
        : CompletionWords.Choices(meta) is [_, ..] choices ? $" -a '{string.Join(' ', choices)}'"
        : CompletionWords.IsDirectory(meta) ? " -a '(__fish_complete_directories)'"
        : CompletionWords.IsFile(meta) ? " -F"
        : "";

    private static string Condition(string verb) => $"complete -c strata -n '__strata_verb_is \"{verb}\"'";

    private static string Description(string help) => help.Length == 0 ? "" : $" -d {CompletionWords.Quoted(help).Replace(@"'\''", @"\'", StringComparison.Ordinal)}";
}
