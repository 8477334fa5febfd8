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
        Dictionary<string, string> providers = new(StringComparer.Ordinal);
        foreach (var name in Words.Of(store.Get("BB_RECIPE_VIRTUAL_PROVIDERS")))
            if (store.Get($"PREFERRED_PROVIDER_{name}") is { Length: > 0 } provider) providers[name] = provider;

        ApplyUnlessBroken(() =>
        {
            var depends = store.Read(s_depends) ?? "";
            var resolved = string.Join(' ', Words.Of(depends).Select(w => providers.GetValueOrDefault(w, w)));
            if (resolved != store.ReadUnexpanded(s_depends)) store.SetHard(s_depends, resolved);
        });
        foreach (var task in store.TaskNames)
            if (store.ReadFlag(task, "depends", expand: false) is { Length: > 0 } text) ApplyUnlessBroken(() => ApplyToTask(store, task, text, providers));
    }

    private static void ApplyToTask(Datastore store, Name task, string text, Dictionary<string, string> providers)
    {
        var edges = Words.Of(store.ReadFlag(task, "depends", expand: true));
        if (Array.Find(edges, e => e.Split(':').Length != 2) is { } bad) throw new MetadataException(MetadataRules.BadTaskEdge(store.PlaceOf(task), task.Text, bad));
        var resolved = string.Join(' ', edges.Select(Resolve));
        if (resolved != text) store.SetFlag(task, "depends", resolved, statement: null);

        string Resolve(string edge) => edge.Split(':') is [var name, var needed] && providers.TryGetValue(name, out var provider) ? $"{provider}:{needed}" : edge;
    }

    /// <summary>A text that asks for more than Strata evaluates is an error where somebody reads it, not here.</summary>
    private static void ApplyUnlessBroken(Action apply)
    {
        try
        {
            apply();
        }
        catch (ExpansionException e) when (e.IsUncertain)
        {
            // Reported by whoever needs the value.
        }
    }
}
