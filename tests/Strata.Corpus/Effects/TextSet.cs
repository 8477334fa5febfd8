using System.Collections.Immutable;

namespace Strata.Corpus.Effects;

/// <summary>What a Python value may be, as patterns of texts (see <see cref="PythonEffect"/>), and what its items may be when it is walked.</summary>
internal sealed record TextSet(ImmutableHashSet<string> Texts, ImmutableHashSet<string> Items)
{
    /// <summary>More alternatives than this count as anything.</summary>
    private const int Most = 200;

    public static TextSet Anything { get; } = new(["*"], ["*"]);

    public static TextSet Nothing { get; } = new([], []);

    public static TextSet Of(string text) => new([text], ["*"]);

    public static TextSet Sequence(IEnumerable<TextSet> items) => new(["*"], [.. items.SelectMany(i => i.Texts)]);

    public TextSet Or(TextSet other) => Limited(new(Texts.Union(other.Texts), Items.Union(other.Items)));

    public TextSet Then(TextSet other) =>
        Texts.Count * other.Texts.Count > Most ? Anything : new([.. Texts.SelectMany(a => other.Texts.Select(b => Joined(a, b)))], ["*"]);

    public TextSet Item => new(Items, ["*"]);

    /// <summary>The words of the texts, as <c>split()</c> gives them.</summary>
    public TextSet Words() => new(["*"], [.. Texts.SelectMany(WordsOf)]);

    private static IEnumerable<string> WordsOf(string text)
    {
        if (text.StartsWith("${", StringComparison.Ordinal) && text.IndexOf('}', StringComparison.Ordinal) == text.Length - 1) return [$"$[{text[2..^1]}]"];
        return text.Contains('*', StringComparison.Ordinal) || text.Contains('$', StringComparison.Ordinal) ? ["*"] : text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
    }

    private static string Joined(string left, string right) => (left + right).Replace("**", "*", StringComparison.Ordinal);

    private static TextSet Limited(TextSet set) => set.Texts.Count > Most || set.Items.Count > Most ? Anything : set;
}
