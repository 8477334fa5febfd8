using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using Strata.Metadata;

namespace Strata.Corpus;

/// <summary>Recorded orders of versions, and lists of dependencies taken apart.</summary>
internal static class VersionCorpus
{
    /// <param name="pairs">Lists of two versions and their order: negative, 0 or positive.</param>
    public static ImmutableArray<CorpusCase> Comparisons(string file, JsonArray pairs) =>
        [.. pairs.Select(p => p!.AsArray()).Select(p => Comparison(file, (string)p[0]!, (string)p[1]!, int.Parse((string)p[2]!, CultureInfo.InvariantCulture)))];

    /// <param name="texts">Objects with <c>text</c>, <c>explode_deps</c> and <c>explode_dep_versions2</c>.</param>
    public static ImmutableArray<CorpusCase> Dependencies(string file, JsonArray texts) =>
        [.. texts.Select((t, i) => Dependency($"{file} {i + 1}: {t!["text"]}", t!.AsObject()))];

    private static CorpusCase Comparison(string file, string first, string second, int order) => new($"{file} '{first}' '{second}'", () =>
    {
        var actual = Math.Sign(VersionOrder.Compare(first, second));
        return actual == Math.Sign(order) ? [] : [new("order", $"{order}", $"{actual}")];
    });

    private static CorpusCase Dependency(string name, JsonObject recorded) => new(name, () =>
    {
        var text = (string)recorded["text"]!;
        var differences = ImmutableArray.CreateBuilder<Difference>();
        Compare("names", recorded["explode_deps"]!, Names(text));
        Compare("versions", recorded["explode_dep_versions2"]!, Versions(text));
        return differences.DrainToImmutable();

        void Compare(string question, JsonNode expected, JsonNode actual)
        {
            if (expected is JsonObject failure && failure.ContainsKey("message")) expected = new JsonObject { ["error"] = true };
            if (!JsonNode.DeepEquals(expected, actual)) differences.Add(new(question, expected.ToJsonString(), actual.ToJsonString()));
        }
    });

    private static JsonArray Names(string text) => [.. DependencyList.Names(text).Select(n => (JsonNode)n)];

    private static JsonObject Versions(string text)
    {
        try
        {
            return new(DependencyList.WithVersions(text).Select(d => KeyValuePair.Create(d.Name, (JsonNode?)new JsonArray([.. d.Constraints.Select(c => (JsonNode)c)]))));
        }
        catch (FormatException)
        {
            return new JsonObject { ["error"] = true };
        }
    }
}
