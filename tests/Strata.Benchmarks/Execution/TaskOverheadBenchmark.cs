using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Globalization;
using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Engines;
using Strata.Cache;
using Strata.Core;
using Strata.Execution;
using Strata.Graph;
using Strata.Metadata;

namespace Strata.Benchmarks.Execution;

/// <summary>1,000 recipes of five trivial tasks each, four in the work directory and one cached. Figures are for one task; budgets: 10 ms and 0.2 ms.</summary>
[SimpleJob(RunStrategy.Monitoring, warmupCount: 1, iterationCount: 3, invocationCount: 1)]
public class TaskOverheadBenchmark
{
    private const int Recipes = 1000;
    private const int TasksOfRecipe = 5;

    private readonly string _top = Directory.CreateTempSubdirectory("strata-benchmark-").FullName;
    private TaskGraph? _shell;
    private TaskGraph? _builtin;
    private int _run;

    [GlobalSetup]
    public void Setup()
    {
        _shell = Generate("shell", "");
        _builtin = Generate("builtin", string.Concat(new[] { "unpack", "configure", "compile", "install", "populate_sysroot" }
            .Select(task => $"do_{task}[builtin] = \"nothing\"\n")));
    }

    [GlobalCleanup]
    public void Cleanup() => FileTree.Delete(_top);

    [Benchmark(OperationsPerInvoke = Recipes * TasksOfRecipe, Description = "sandboxed shell task")]
    public Task<BuildSummary> ShellTasks() => BuildAsync(_shell!);

    [Benchmark(OperationsPerInvoke = Recipes * TasksOfRecipe, Description = "built-in task")]
    public Task<BuildSummary> BuiltinTasks() => BuildAsync(_builtin!);

    private async Task<BuildSummary> BuildAsync(TaskGraph graph)
    {
        var run = Path.Combine(_top, $"run{_run++}");
        using var store = ArtifactStore.Open(Path.Combine(run, "cache"));
        using var history = BuildHistory.Open(Path.Combine(run, "history"));
        var builtins = ImmutableSortedDictionary<string, BuiltinTask>.Empty.Add("nothing", (context, _) =>
        {
            if (context.Task.ArtifactDirectory is { } artifact) Directory.CreateDirectory(context.HostPath(artifact));
            return Task.CompletedTask;
        });
        var options = new BuildOptions { TempDirectory = Path.Combine(run, "tmp"), Jobs = Environment.ProcessorCount, HostTools = true };
        var events = new EventStream();
        var said = new ConcurrentQueue<Strata.Core.Diagnostic>();
        events.Subscribe(e => { if (e is DiagnosticReported { Diagnostic: var problem }) said.Enqueue(problem); });
        var outcome = await new BuildRunner(options, store, history, builtins, events).RunAsync(graph, CancellationToken.None);
        return outcome.Succeeded ? outcome.Summary : throw new InvalidOperationException(string.Join('\n', said));
    }

    /// <summary>The distribution of the engine's tests, with the host's own shell instead of an imported one.</summary>
    private TaskGraph Generate(string name, string more)
    {
        var top = Path.Combine(_top, name);
        var layer = Path.Combine(top, "meta-shell");
        foreach (var file in new[] { "conf/layer.conf", "conf/bitbake.conf", "classes/base.bbclass", "classes/chain.bbclass" })
            Write(Path.Combine(layer, file), File.ReadAllText(Path.Combine(Checkout(), "tests/workspaces/meta-shell", file)));
        Write(Path.Combine(top, "conf/bblayers.conf"), "BBPATH = \"${TOPDIR}\"\nBBFILES ?= \"\"\nBBLAYERS = \"${TOPDIR}/meta-shell\"\n");
        Write(Path.Combine(top, "conf/local.conf"), "");
        var recipes = Enumerable.Range(0, Recipes).Select(i => string.Create(CultureInfo.InvariantCulture, $"r{i}")).ToArray();
        foreach (var recipe in recipes)
            Write(Path.Combine(layer, $"recipes/{recipe}_1.0.bb"), $"inherit chain\ndo_unpack[depends] = \"\"\n{more}");
        Write(Path.Combine(layer, "recipes/all_1.0.bb"), $"DEPENDS = \"{string.Join(' ', recipes)}\"\ndo_build[deptask] = \"do_populate_sysroot\"\n");

        var diagnostics = new Strata.Core.Diagnostics();
        var metadata = MetadataLoader.Load(new() { TopDirectory = top, Threads = Environment.ProcessorCount }, diagnostics, CancellationToken.None);
        return GraphBuilder.Build(metadata, ["all"], diagnostics, CancellationToken.None)
            ?? throw new InvalidOperationException(string.Join('\n', diagnostics.Sorted()));
    }

    private static void Write(string file, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
    }

    private static string Checkout()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(directory.FullName, "Strata.sln"))) directory = directory.Parent!;
        return directory.FullName;
    }
}
