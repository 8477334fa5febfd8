using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Strata.Graph;

namespace Strata.Corpus;

/// <summary>Compares what one command line did with what was recorded of it.</summary>
internal sealed class BuildAnswers(string step, JsonObject expected, Func<string, string> anonymous)
{
    /// <summary>BitBake's messages that have a counterpart, by a part of their text, and the codes of Strata that say the same.</summary>
    private static readonly (string Part, string[] Codes)[] s_messages =
    [
        ("Nothing PROVIDES", ["STR3001", "STR3002", "STR3004"]),
        ("Nothing RPROVIDES", ["STR3003"]),
        ("unbuildable tasks were found", ["STR3008"]),
        ("Multiple providers are available", ["STR3009"]),
        ("Multiple .bb files are due to be built", ["STR3010"]),
        ("preferred version", ["STR3012"]),
    ];

    private readonly ImmutableArray<Difference>.Builder _differences = ImmutableArray.CreateBuilder<Difference>();

    public ImmutableArray<Difference> Compare(StepOutcome outcome)
    {
        var failed = outcome.Graph is null || outcome.Execution is { Failed: > 0 };
        Compare("fails", ((int)expected["rc"]! != 0).ToString(), failed.ToString());
        CompareMessages(outcome);
        if (outcome.Graph is { } graph && expected["edges"] is not null) CompareGraph(graph, outcome);
        if (expected["attempted"] is { } attempted) Compare("attempted", $"{attempted}", $"{outcome.Execution?.Attempted}");
        if (expected["skipped"] is { } skipped) Compare("skipped", $"{skipped}", $"{outcome.Execution?.Skipped}");
        Compare("trace", Lines(expected["trace"]), outcome.Trace.Select(anonymous));
        return _differences.ToImmutable();
    }

    private void CompareMessages(StepOutcome outcome)
    {
        var messages = Lines(expected["messages"]).ToArray();
        foreach (var (part, codes) in s_messages)
        {
            var actual = outcome.Diagnostics.Where(d => codes.Contains(d.Rule.Code)).Select(d => d.Message).Distinct();
            Compare($"messages '{part}'", $"{messages.Count(m => m.Contains(part, StringComparison.Ordinal))}", $"{actual.Count()}");
        }
    }

    private void CompareGraph(TaskGraph graph, StepOutcome outcome)
    {
        var edges = from task in graph.Tasks from dependency in task.Dependencies select $"{Node(task)} {Node(graph[dependency])}";
        Compare("edges", expected["edges"]!.AsArray().Select(e => $"{e![0]} {e[1]}").Order(StringComparer.Ordinal), edges.Order(StringComparer.Ordinal));
        var files = graph.Tasks.Select(t => $"{Node(t)} {FileOf(t, outcome)}");
        Compare("nodes", (expected["nodes"] as JsonObject ?? []).Select(n => $"{n.Key} {n.Value}").Order(StringComparer.Ordinal), files.Order(StringComparer.Ordinal));
        Compare("recipes", Lines(expected["buildlist"]).Order(StringComparer.Ordinal), graph.Tasks.Select(t => Qualified(t, t.RecipeName)).Distinct().Order(StringComparer.Ordinal));
    }

    private static string Node(TaskNode task) => Qualified(task, $"{task.RecipeName}.{task.TaskName}");

    private static string Qualified(TaskNode task, string name) => task.Configuration.Length == 0 ? name : $"mc:{task.Configuration}:{name}";

    private string FileOf(TaskNode task, StepOutcome outcome)
    {
        var recipe = outcome.Metadata.Configurations.First(c => c.Multiconfig == task.Configuration).Recipes.First(r => r.File == task.RecipeFile && r.Name == task.RecipeName);
        return Qualified(task, anonymous(recipe.Variant.Length == 0 ? recipe.File : $"virtual:{recipe.Variant}:{recipe.File}"));
    }

    private void Compare(string question, IEnumerable<string> wanted, IEnumerable<string> actual) => Compare(question, string.Join(" | ", wanted), string.Join(" | ", actual));

    private void Compare(string question, string wanted, string actual)
    {
        if (wanted != actual) _differences.Add(new($"{step}: {question}", wanted, actual));
    }

    private static IEnumerable<string> Lines(JsonNode? list) => list?.AsArray().Select(n => (string)n!) ?? [];
}
