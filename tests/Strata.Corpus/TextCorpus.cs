using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Strata.Metadata;

namespace Strata.Corpus;

/// <summary>Texts with references and inline expressions, expanded among fixed variables.</summary>
internal static class TextCorpus
{
    /// <summary>A case is named by the file, its place in it (from 1) and its text.</summary>
    public static ImmutableArray<CorpusCase> Cases(string file, JsonObject texts)
    {
        var store = Store(texts["variables"] as JsonObject ?? []);
        return [.. texts["cases"]!.AsArray().Select((c, i) => Case($"{file} {i + 1}: {c!["text"]}", c!.AsObject(), store))];
    }

    private static CorpusCase Case(string name, JsonObject recorded, Datastore store) => new(name, () =>
    {
        var actual = Expand(store, (string)recorded["text"]!);
        var expected = recorded["result"] is JsonObject failure ? $"error: {failure["error"]}" : $"text: {recorded["result"]}";
        return expected == actual ? [] : [new("value", expected, actual)];
    });

    private static string Expand(Datastore store, string text)
    {
        try
        {
            return $"text: {store.Copy().Expand(text)}";
        }
        catch (ExpansionException e)
        {
            return $"error: {Kind(e)}";
        }
    }

    /// <summary>The name of Python's exception, which the message has before its cause; a reference to itself is one of BitBake's own.</summary>
    private static string Kind(ExpansionException failure) =>
        failure.ExceptionName ?? (failure.Diagnostic.Rule.Code is "STR2007" or "STR2040" ? "ExpansionError" : failure.Message);

    /// <summary>The recorded variables and those that the note of the corpus describes: overrides, edits and a flag.</summary>
    private static Datastore Store(JsonObject variables)
    {
        var store = new Datastore();
        store.Set("OVERRIDES", "oa:ob");
        store.Set("OV", "base");
        store.Set("OV:ob", "over");
        store.Set("AP", "base");
        store.Set("AP:append", " app");
        store.Set("AP:remove", "base");
        foreach (var (name, value) in variables) store.Set(name, (string)value!);
        store.SetFlag("FLAGGED", "f", "flag ${A}");
        return store;
    }
}
