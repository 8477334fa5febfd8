namespace Strata.Cli.Usage;

/// <summary>What the completions of all shells have in common: the words of verbs, and how a shell finds what can stand for TARGET, LAYER, DIR …</summary>
internal static class CompletionWords
{
    private const string Recipes = "strata recipe list --names";
    private const string Layers = "strata layer list --names";

    /// <summary>The fixed beginning of a script, which works out the verb that has been typed.</summary>
    public static string Head(string resource, IReadOnlyCollection<VerbDefinition> verbs) =>
        ProgramText.Read(resource).Replace("@FAMILIES@", string.Join(' ', Families(verbs).Select(f => f.Key)), StringComparison.Ordinal);

    public static string FirstWord(VerbDefinition verb) => verb.Name.Split(' ')[0];

    /// <summary>The verbs of two words, by the first one.</summary>
    public static IEnumerable<IGrouping<string, VerbDefinition>> Families(IEnumerable<VerbDefinition> verbs) =>
        verbs.Where(v => v.Name.Contains(' ')).GroupBy(FirstWord, StringComparer.Ordinal);

    /// <summary>The command that prints the words, one a line; null where there is none.</summary>
    public static string? CommandFor(string meta) => meta switch
    {
        "TARGET" or "RECIPE" or "TASK" => Recipes,
        "LAYER" => Layers,
        _ => null,
    };

    public static bool IsDirectory(string meta) => meta is "DIR" or "DIRECTORY";

    public static bool IsFile(string meta) => meta is "FILE";

    /// <summary>The words of a value that is one of a few, written <c>bash|zsh</c>.</summary>
    public static string[] Choices(string meta) => meta.Contains('|') ? meta.Split('|') : [];

    /// <summary>In single quotes for a POSIX shell.</summary>
    public static string Quoted(string text) => $"'{text.Replace("'", @"'\''", StringComparison.Ordinal)}'";
}
