using Strata.Metadata.Names;

namespace Strata.Metadata.Evaluation;

/// <summary>
/// BB_RECIPE_VIRTUAL_PROVIDERS: names that each recipe may resolve differently, by its own PREFERRED_PROVIDER. They are replaced in
/// DEPENDS and in the tasks' [depends] when the recipe is finished, which also leaves one blank between words, as BitBake does.
/// </summary>
internal static class VirtualProviders
{
    private static readonly Name s_depends = Name.Of("DEPENDS");

    public static void Apply(Datastore store)
    {
        var providers = Words.Of(store.Get("BB_RECIPE_VIRTUAL_PROVIDERS")).Distinct(StringComparer.Ordinal)
            .Select(n => KeyValuePair.Create(n, store.Get($"PREFERRED_PROVIDER_{n}"))).Where(p => p.Value is { Length: > 0 })
            .ToDictionary(p => p.Key, p => p.Value!, StringComparer.Ordinal);

        ApplyUnlessBroken(() =>
        {
            var depends = store.Read(s_depends) ?? "";
            var resolved = string.Join(' ', Words.Of(depends).Select(w => providers.GetValueOrDefault(w, w)));
            if (resolved != depends) store.SetHard(s_depends, resolved);
        });
        foreach (var task in store.TaskNames)
            if (store.ReadFlag(task, "depends", expand: false) is { Length: > 0 } text) ApplyUnlessBroken(() => ApplyToTask(store, task, text, providers));
    }

    private static void ApplyToTask(Datastore store, Name task, string text, Dictionary<string, string> providers)
    {
        var edges = store.ReadFlag(task, "depends", expand: true) ?? "";
        var resolved = string.Join(' ', Words.Of(edges).Select(Resolve));
        if (resolved != text) store.SetFlag(task, "depends", resolved, statement: null);

        string Resolve(string edge) =>
            edge.LastIndexOf(':') is > 0 and var colon && providers.TryGetValue(edge[..colon], out var provider) ? provider + edge[colon..] : edge;
    }

    /// <summary>A text that cannot be expanded is an error where somebody reads it, not here.</summary>
    private static void ApplyUnlessBroken(Action apply)
    {
        try
        {
            apply();
        }
        catch (ExpansionException)
        {
            // Reported by whoever needs the value.
        }
    }
}
