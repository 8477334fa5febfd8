namespace Strata.Metadata.Evaluation;

/// <summary>
/// BB_RECIPE_VIRTUAL_PROVIDERS: names that each recipe may resolve differently, by its own PREFERRED_PROVIDER. They are replaced in
/// DEPENDS and in the tasks' [depends] when the recipe is finished.
/// </summary>
internal static class VirtualProviders
{
    public static void Apply(Datastore store)
    {
        var names = Words.Of(store.Get("BB_RECIPE_VIRTUAL_PROVIDERS"));
        if (names.Length == 0) return;
        var providers = names.Select(n => (Name: n, Provider: store.Get($"PREFERRED_PROVIDER_{n}"))).Where(p => p.Provider is { Length: > 0 })
            .DistinctBy(p => p.Name).ToDictionary(p => p.Name, p => p.Provider!, StringComparer.Ordinal);

        if (store.Get("DEPENDS") is { } depends && Replace(depends, w => providers.GetValueOrDefault(w, w)) is { } replaced) store.Set("DEPENDS", replaced);
        foreach (var task in store.TaskNames)
            if (store.ReadFlag(task, "depends", expand: true) is { } edges && Replace(edges, Edge) is { } newEdges) store.SetFlag(task, "depends", newEdges, statement: null);

        string Edge(string word) =>
            word.LastIndexOf(':') is > 0 and var colon && providers.TryGetValue(word[..colon], out var provider) ? provider + word[colon..] : word;
    }

    /// <summary>Null if no word changes: then the text stays as it is, blanks and all.</summary>
    private static string? Replace(string text, Func<string, string> replace)
    {
        var words = Words.Of(text);
        var replaced = Array.ConvertAll(words, w => replace(w));
        return words.SequenceEqual(replaced) ? null : string.Join(' ', replaced);
    }
}
