using System.Collections.Immutable;
using BenchmarkDotNet.Attributes;
using Strata.Cache;
using Strata.Core;
using Strata.Execution;
using Strata.Graph;
using Strata.Metadata;

namespace Strata.Benchmarks.Graph;

/// <summary>
/// 50,000 tasks of 10,000 recipes: from loaded recipes to the graph with all keys, and from there to the outcome of a dry run. Budget of both
/// together: 2 s on two cores.
/// </summary>
[MemoryDiagnoser]
public class GraphBenchmark
{
    private const int Recipes = 10_000;

    private readonly string _root = Directory.CreateTempSubdirectory("strata-benchmark-").FullName;
    private LoadedMetadata _metadata = null!;
    private TaskGraph _graph = null!;

    [GlobalSetup]
    public void Setup()
    {
        SyntheticWorkspace.Create(_root, Recipes);
        Load();
        _graph = Build();
    }

    /// <summary>Recipes keep what was once expanded, so each round begins with new ones.</summary>
    [IterationSetup]
    public void Load() =>
        _metadata = MetadataLoader.Load(new() { TopDirectory = _root, Threads = Environment.ProcessorCount }, new(), CancellationToken.None);

    [GlobalCleanup]
    public void Cleanup() => FileTree.Delete(_root);

    [Benchmark(Description = "50,000 tasks: graph and deep keys")]
    public TaskGraph Build() => GraphBuilder.Build(_metadata, [SyntheticWorkspace.Target], new(), CancellationToken.None)!;

    [Benchmark(Description = "50,000 tasks: schedule, nothing in the store")]
    public async Task<BuildSummary> ScheduleAsync()
    {
        var run = Path.Combine(_root, "run");
        using var store = ArtifactStore.Open(Path.Combine(run, "cache"));
        using var history = BuildHistory.Open(Path.Combine(run, "history"));
        var options = new BuildOptions { TempDirectory = Path.Combine(run, "tmp"), Jobs = Environment.ProcessorCount, DryRun = true };
        return (await new BuildRunner(options, store, history, ImmutableSortedDictionary<string, BuiltinTask>.Empty, new()).RunAsync(_graph, CancellationToken.None)).Summary;
    }

    [Benchmark(Description = "50,000 tasks: shallow keys of 10,000 artifacts")]
    public int Shallow()
    {
        var keys = new ShallowKeys(_graph);
        var output = Digest.Of("output");
        return _graph.Tasks.Count(t => t.Kind is TaskKind.Cached && !keys.Of(t.Id, _ => output).Digest.IsEmpty);
    }
}
