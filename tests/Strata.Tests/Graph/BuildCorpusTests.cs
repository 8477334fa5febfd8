using System.Text.Json;
using Strata.Core;
using Strata.Graph;
using Strata.Metadata;

namespace Strata.Tests.Graph;

/// <summary>The graphs that BitBake made for the same projects: which tasks, which edges, which recipe for which name.</summary>
public sealed class BuildCorpusTests
{
    public static TheoryData<string> Names => [.. Cases().Where(IsGraphCase).Select(c => c.GetProperty("name").GetString()!)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Graphs_are_those_of_BitBake(string name)
    {
        using var project = new CorpusProject(Cases().First(c => c.GetProperty("name").GetString() == name));
        foreach (var (step, expected) in project.Steps())
        {
            var diagnostics = new Diagnostics();
            var metadata = MetadataLoader.Load(new() { TopDirectory = project.Root, Threads = 1 }, diagnostics, CancellationToken.None);
            var graph = GraphBuilder.Build(metadata, [.. CorpusProject.Targets(step)], diagnostics, CancellationToken.None);
            if (expected.GetProperty("rc").GetInt32() != 0)
            {
                Assert.True(graph is null, "BitBake refuses this");
                Assert.True(diagnostics.HasErrors);
                continue;
            }
            Assert.True(graph is not null, string.Join('\n', diagnostics.Sorted()));
            Assert.Equal(Edges(expected), Edges(graph));
            Assert.Equal(Recipes(expected), Recipes(graph, metadata, project));
            var notes = expected.GetProperty("messages").EnumerateArray().Count(m => m.GetString()!.Contains("Multiple providers", StringComparison.Ordinal));
            Assert.Equal(notes, diagnostics.Sorted().Count(d => d.Rule.Code == "STR3009"));
        }
    }

    private static bool IsGraphCase(JsonElement c) =>
        c.GetProperty("name").GetString() is { } name && name[0] is 'g' or 'p';

    private static IEnumerable<JsonElement> Cases() =>
        File.ReadLines(RepositoryTree.Path("tests/corpus/build/build.jsonl")).Select(line => JsonDocument.Parse(line).RootElement);

    /// <summary>As BitBake writes it into task-depends.dot.</summary>
    private static string NameOf(TaskNode task) => $"{task.Name[..^(task.TaskName.Length + 1)]}.{task.TaskName}";

    private static List<string> Edges(JsonElement expected) =>
        [.. expected.GetProperty("edges").EnumerateArray().Select(e => $"{e[0].GetString()} {e[1].GetString()}").Order(StringComparer.Ordinal)];

    private static List<string> Edges(TaskGraph graph) =>
    [
        .. from task in graph.Tasks
           from dependency in task.Dependencies
           let edge = $"{NameOf(task)} {NameOf(graph[dependency])}"
           orderby edge
           select edge,
    ];

    private static SortedDictionary<string, string> Recipes(JsonElement expected) =>
        new(expected.GetProperty("nodes").EnumerateObject().ToDictionary(n => n.Name, n => n.Value.GetString()!), StringComparer.Ordinal);

    private static SortedDictionary<string, string> Recipes(TaskGraph graph, LoadedMetadata metadata, CorpusProject project)
    {
        var recipes = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var task in graph.Tasks)
        {
            var loaded = metadata.Configurations.First(c => c.Multiconfig == task.Configuration);
            var recipe = loaded.Recipes.First(r => r.Name == task.RecipeName && r.Variables.Get("WORKDIR") == task.WorkDirectory && r.File == task.RecipeFile);
            var variant = recipe.Variant.Length == 0 ? "" : $"virtual:{recipe.Variant}:";
            var configuration = task.Configuration.Length == 0 ? "" : $"mc:{task.Configuration}:";
            recipes[NameOf(task)] = $"{configuration}{variant}{recipe.File.Replace(project.Root, "@CASE@", StringComparison.Ordinal)}";
        }
        return recipes;
    }
}
