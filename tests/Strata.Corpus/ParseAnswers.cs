using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Strata.Core;
using Strata.Graph.Keys;
using Strata.Metadata;

namespace Strata.Corpus;

/// <summary>Strata's answers to the questions of one case, compared with the recorded ones.</summary>
internal sealed class ParseAnswers(ProjectCase parseCase, LoadedMetadata metadata, Diagnostics diagnostics, Func<string, string> anonymous)
{
    private static readonly string[] s_taskFlags =
        ["depends", "rdepends", "deptask", "rdeptask", "recrdeptask", "recideptask", "nostamp", "noexec", "fakeroot", "umask", "mcdepends"];

    private static readonly (string Key, string Variable)[] s_texts = [("pn", "PN"), ("pe", "PE"), ("pv", "PV"), ("pr", "PR")];

    private static readonly (string Key, string Variable)[] s_lists =
        [("depends", "DEPENDS"), ("rdepends", "RDEPENDS"), ("rprovides", "RPROVIDES"), ("packages_dynamic", "PACKAGES_DYNAMIC")];

    private static readonly (string Key, string Variable)[] s_listsOfPackages =
        [("rdepends", "RDEPENDS"), ("rprovides", "RPROVIDES"), ("rrecommends", "RRECOMMENDS")];

    private static readonly JsonSerializerOptions s_readable = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly SignatureAnalysis _signatures = new(metadata.Configuration);
    private readonly ImmutableArray<Difference>.Builder _differences = ImmutableArray.CreateBuilder<Difference>();

    public ImmutableArray<Difference> Differences()
    {
        // Low layer priority comes first. A file that failed is asked for all the same, not another one of the same name.
        var file = metadata.RecipeFiles.LastOrDefault(f => Path.GetFileName(f) == parseCase.Text("recipe"));
        var candidates = metadata.Recipes.Where(r => r.File == file).ToArray();
        var recipe = candidates.FirstOrDefault(r => r.Variant == parseCase.Text("variant"));
        var refusal = recipe is null ? string.Join('\n', diagnostics.Sorted().Select(d => anonymous(d.ToString()))) : RefusalByKeys(candidates);
        var isRefused = recipe is null || refusal is not null;
        if (parseCase.Expected["error"] is { } error)
        {
            if (!isRefused) Differ("error", error.ToJsonString(), "none");
        }
        else if (isRefused)
        {
            Differ("error", "none", refusal ?? "the recipe is missing");
        }
        else
        {
            Ask(recipe!, candidates);
        }
        return _differences.ToImmutable();
    }

    private void Ask(Recipe recipe, Recipe[] candidates)
    {
        AskVariables(recipe);
        AskPlace(recipe, candidates);
        AskSignatures(recipe);
        if (parseCase.Asks("tasks")) AskTasks(recipe);
        if (parseCase.Asks("collect")) AskFiles();
        if (parseCase.Asks("providers")) AskProviders(recipe);
    }

    /// <summary>BitBake computes the signatures of all tasks while it parses, and refuses a recipe if it cannot for one of its variants. Null if it can.</summary>
    private string? RefusalByKeys(Recipe[] variants)
    {
        if (metadata.Configuration.Get("BB_SIGNATURE_HANDLER") == "noop") return null;
        try
        {
            foreach (var recipe in variants)
                foreach (var task in recipe.Tasks) _ = _signatures.Of(recipe, task.Name);
            return null;
        }
        catch (ExpansionException e)
        {
            return anonymous(e.Diagnostic.ToString());
        }
    }

    private void AskSignatures(Recipe recipe)
    {
        foreach (var task in parseCase.Asked("sig"))
        {
            var expected = parseCase.Expected["sig"]?[task] as JsonObject;
            var exists = recipe.Tasks.Any(t => t.Name == task);
            if (expected is null || !exists)
            {
                Compare($"{task} is a task", JsonValue.Create(expected is not null), JsonValue.Create(exists));
                continue;
            }
            var signature = _signatures.Of(recipe, task);
            Compare($"{task} needs", expected["deps"], List(signature.Dependencies));
            Compare($"{task} text", expected["value"], signature.Text);
            Compare($"{task} texts", Without(expected["values"] as JsonObject, null) ?? [], Map(signature.Texts.Select(t => (t.Key, Node(t.Value)))));
            // A path in a text makes the hash that of another directory.
            if (!expected.ToJsonString().Contains("@CASE@", StringComparison.Ordinal)) Compare($"{task} base hash", expected["basehash"], signature.BaseHash);
        }
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
        if (parseCase.Text("keys") is { Length: > 0 } pattern)
            Compare($"names like {pattern}", parseCase.Expected["keys"], List(store.Names.Where(n => Regex.IsMatch(n, pattern))));
    }

    private void AskPlace(Recipe recipe, Recipe[] candidates)
    {
        Compare("file", parseCase.Expected["file"], recipe.File);
        Compare("layer", parseCase.Expected["layer"], recipe.Layer);
        Compare("applied", parseCase.Expected["applied"], List(recipe.Appends));
        if (parseCase.Expected["variants"] is { } variants)
            Compare("variants", variants, List(candidates.Select(r => r.Variant).Order(StringComparer.Ordinal)));
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
            Compare($"task flag {flag}", expected, Without(Map(recipe.Tasks.Select(t => (t.Name, Try(() => recipe.Variables.GetFlag(t.Name, flag))))), ""));
        }
    }

    private void AskFiles()
    {
        var plain = metadata.Recipes.Where(r => r.Variant.Length == 0).ToArray();
        Compare("bbfiles", parseCase.Expected["bbfiles"], List(metadata.RecipeFiles));
        Compare("masked", parseCase.Expected["masked"], JsonValue.Create(metadata.MaskedFiles));
        Compare("appends", parseCase.Expected["appends"], Map(plain.Select(r => (r.File, (JsonNode?)List(r.Appends)))));
        Compare("priorities", parseCase.Expected["priorities"], Map(plain.Select(r => (r.File, (JsonNode?)JsonValue.Create(r.LayerPriority)))));
        var hidden = plain.GroupBy(r => Path.GetFileName(r.File), StringComparer.Ordinal).Where(g => g.Count() > 1)
            .Select(g => g.OrderByDescending(r => r.LayerPriority).Select(r => r.File).ToArray());
        Compare("overlaid", parseCase.Expected["overlayed"], Map(hidden.Select(h => (h[0], (JsonNode?)List(h[1..])))));
        Compare("layer names", parseCase.Expected["layernames"], Map(plain.Select(r => (r.File, Node(r.Layer)))));
    }

    private void AskProviders(Recipe recipe)
    {
        if (parseCase.Expected["recipeinfo"] is not JsonObject expected) return;
        var store = recipe.Variables;
        foreach (var (key, variable) in s_texts) Compare(key, expected[key], store.Get(variable) ?? "");
        Compare("defaultpref", expected["defaultpref"], store.Get("DEFAULT_PREFERENCE") ?? "0");
        foreach (var (key, variable) in s_lists) Compare(key, expected[key], List(DependencyList.Names(store.Get(variable))));
        foreach (var (key, variable) in s_listsOfPackages)
            foreach (var (package, names) in expected[$"{key}_pkg"] as JsonObject ?? []) Compare($"{variable}:{package}", names, List(DependencyList.Names(store.Get($"{variable}:{package}"))));
        Compare("provides", Distinct(expected["provides"]), List(DependencyList.Names(store.Get("PROVIDES")).Distinct()));
        Compare("packages", expected["packages"], List(DependencyList.Names(store.Get("PACKAGES"))));
    }

    private static JsonArray Distinct(JsonNode? list) => List(list?.AsArray().Select(n => (string)n!).Distinct() ?? []);

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
