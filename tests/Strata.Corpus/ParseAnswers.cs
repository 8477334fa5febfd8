using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using Strata.Core;
using Strata.Metadata;

namespace Strata.Corpus;

/// <summary>Strata's answers to the questions of one case, compared with the recorded ones.</summary>
internal sealed class ParseAnswers(ParseCase parseCase, LoadedMetadata metadata, Diagnostics diagnostics, Func<string, string> anonymous)
{
    private static readonly string[] s_taskFlags =
        ["depends", "rdepends", "deptask", "rdeptask", "recrdeptask", "recideptask", "nostamp", "noexec", "fakeroot", "umask", "mcdepends"];

    private static readonly JsonSerializerOptions s_readable = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly ImmutableArray<Difference>.Builder _differences = ImmutableArray.CreateBuilder<Difference>();

    public ImmutableArray<Difference> Differences()
    {
        var candidates = metadata.Recipes.Where(r => Path.GetFileName(r.File) == parseCase.Text("recipe")).ToArray();
        var recipe = candidates.Where(r => r.Variant == parseCase.Text("variant")).OrderBy(r => r.LayerPriority).LastOrDefault();
        if (parseCase.Expected["error"] is not null)
        {
            if (recipe is not null) Differ("error", parseCase.Expected["error"]!.ToJsonString(), "none");
            return _differences.ToImmutable();
        }
        if (recipe is null)
        {
            Differ("error", "none", string.Join('\n', diagnostics.Sorted().Select(d => anonymous(d.ToString()))));
            return _differences.ToImmutable();
        }
        AskVariables(recipe);
        AskPlace(recipe, candidates);
        if (parseCase.Asks("tasks")) AskTasks(recipe);
        if (parseCase.Asks("collect")) AskFiles();
        if (parseCase.Asks("providers")) AskProviders(recipe);
        return _differences.ToImmutable();
    }

    private void AskVariables(Recipe recipe)
    {
        var store = recipe.Variables;
        foreach (var name in parseCase.Asked("vars")) Compare(name, parseCase.Expected["variables"]?[name], Try(() => store.Get(name)));
        foreach (var name in parseCase.Asked("raw")) Compare($"{name} (unexpanded)", parseCase.Expected["unexpanded"]?[name], Try(() => store.GetUnexpanded(name)));
        foreach (var flag in parseCase.Asked("flags"))
        {
            var open = flag.IndexOf('[', StringComparison.Ordinal);
            Compare(flag, parseCase.Expected["flags"]?[flag], Try(() => store.GetFlag(flag[..open], flag[(open + 1)..^1])));
        }
        foreach (var name in parseCase.Asked("allflags"))
            Compare($"flags of {name}", parseCase.Expected["allflags"]?[name], Map(store.FlagNames(name).Select(f => (f, Node(store.GetFlag(name, f))))));
        foreach (var name in parseCase.Asked("exports"))
            Compare($"export {name}", parseCase.Expected["exports"]?[name], Exported(store, name));
        if (parseCase.Expected["keys"] is JsonArray keys)
            foreach (var key in keys) Compare($"key {key}", JsonValue.Create(true), JsonValue.Create(store.Names.Contains((string)key!)));
    }

    private void AskPlace(Recipe recipe, Recipe[] candidates)
    {
        Compare("file", parseCase.Expected["file"], recipe.File);
        Compare("layer", parseCase.Expected["layer"], recipe.Layer);
        Compare("applied", parseCase.Expected["applied"], List(recipe.Appends));
        if (parseCase.Expected["variants"] is { } variants)
            Compare("variants", variants, List(candidates.Where(r => r.File == recipe.File).Select(r => r.Variant).Order(StringComparer.Ordinal)));
    }

    private void AskTasks(Recipe recipe)
    {
        // BitBake lists a task whose name was a reference under the unexpanded name; the expanded one is in task_deps.
        var after = Map(recipe.Tasks.Select(t => (t.Name, (JsonNode?)List(t.After))));
        Compare("task parents", parseCase.Expected["task_deps"]?["parents"], after);
        var expanded = parseCase.Expected["tasks"]?["list"]?.AsArray().Select(t => recipe.Variables.Expand((string)t!)) ?? [];
        Compare("task order", List(expanded.Distinct()), List(recipe.Tasks.Select(t => t.Name)));
        foreach (var flag in s_taskFlags)
        {
            var expected = Without(parseCase.Expected["task_deps"]?[flag] as JsonObject, "");
            Compare($"task flag {flag}", expected, Without(Map(recipe.Tasks.Select(t => (t.Name, Try(() => recipe.Variables.GetFlag(t.Name, flag))))), null));
        }
    }

    private void AskFiles()
    {
        var plain = metadata.Recipes.Where(r => r.Variant.Length == 0).ToArray();
        Compare("bbfiles", parseCase.Expected["bbfiles"], List(metadata.RecipeFiles));
        Compare("masked", parseCase.Expected["masked"], JsonValue.Create(metadata.MaskedFiles));
        Compare("appends", parseCase.Expected["appends"], Map(plain.Select(r => (r.File, (JsonNode?)List(r.Appends)))));
        Compare("priorities", parseCase.Expected["priorities"], Map(plain.Select(r => (r.File, (JsonNode?)JsonValue.Create(r.LayerPriority)))));
        Compare("layer names", parseCase.Expected["layernames"], Map(plain.Select(r => (r.File, Node(r.Layer)))));
    }

    private void AskProviders(Recipe recipe)
    {
        if (parseCase.Expected["recipeinfo"] is not JsonObject expected) return;
        var store = recipe.Variables;
        Compare("depends", expected["depends"], List(DependencyList.Names(store.Get("DEPENDS"))));
        Compare("rdepends", expected["rdepends"], List(DependencyList.Names(store.Get("RDEPENDS"))));
        foreach (var (package, names) in expected["rdepends_pkg"]!.AsObject())
            Compare($"rdepends of {package}", names, List(DependencyList.Names(store.Get($"RDEPENDS:{package}"))));
    }

    private void Compare(string question, JsonNode? expected, string? actual) => Compare(question, expected, Node(actual));

    private void Compare(string question, JsonNode? expected, JsonNode? actual)
    {
        if (expected is JsonObject { Count: > 0 } error && error.ContainsKey("error") && actual is JsonObject failure && failure.ContainsKey("error")) return;
        var text = actual is null ? "null" : anonymous(actual.ToJsonString(s_readable));
        var same = JsonNode.DeepEquals(expected, JsonNode.Parse(text));
        if (!same) Differ(question, expected?.ToJsonString(s_readable) ?? "null", text);
    }

    private void Differ(string question, string expected, string actual) => _differences.Add(new(question, expected, actual));

    /// <summary>The environment leaves out what cannot be expanded.</summary>
    private static JsonNode? Exported(Datastore store, string name) =>
        store.GetFlag(name, "export") is null || store.GetFlag(name, "unexport") is not null || Try(() => store.Get(name)) is not JsonValue value ? null : value;

    private static JsonNode? Try(Func<string?> read)
    {
        try
        {
            return Node(read());
        }
        catch (ExpansionException e)
        {
            return new JsonObject { ["error"] = e.Diagnostic.ToString() };
        }
    }

    private static JsonNode? Node(string? text) => text is null ? null : JsonValue.Create(text);

    private static JsonArray List(IEnumerable<string> texts) => [.. texts.Select(t => (JsonNode)JsonValue.Create(t))];

    private static JsonObject Map(IEnumerable<(string Key, JsonNode? Value)> entries) => new(entries.Select(e => KeyValuePair.Create(e.Key, e.Value)));

    /// <summary>Null, the empty map, is what BitBake has where no task has the flag.</summary>
    private static JsonObject? Without(JsonObject? map, string? value)
    {
        var kept = map?.Where(e => e.Value is not null && (e.Value is not JsonValue text || (string?)text != value)).Select(e => KeyValuePair.Create(e.Key, e.Value?.DeepClone())).ToArray() ?? [];
        return kept.Length == 0 ? null : new(kept);
    }
}
