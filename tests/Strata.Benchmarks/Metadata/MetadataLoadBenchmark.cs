using BenchmarkDotNet.Attributes;
using Strata.Core;

namespace Strata.Benchmarks.Metadata;

/// <summary>
/// Loading layers, against BitBake on the same workspace where <c>bitbake</c> is on PATH or BITBAKE says where it is. Budgets for openembedded-core on two cores:
/// cold 2 s, warm 0.2 s. STRATA_BENCH_OE names a checkout of it; without, a generated set of 1,000 recipes is measured.
/// </summary>
[MemoryDiagnoser]
public class MetadataLoadBenchmark
{
    private BenchmarkWorkspace _workspace = null!;
    private int _edit;

    [ParamsSource(nameof(Sources))]
    public string Layers { get; set; } = "";

    public static IEnumerable<string> Sources => Environment.GetEnvironmentVariable("STRATA_BENCH_OE") is { Length: > 0 } given ? ["generated", given] : ["generated"];

    [GlobalSetup]
    public void Setup()
    {
        _workspace = Layers == "generated" ? BenchmarkWorkspace.Generate(recipes: 1000) : BenchmarkWorkspace.Of(Layers);
        var first = _workspace.Load(withCache: true);
        if (first.Recipes.Length < 900) throw new InvalidOperationException($"only {first.Recipes.Length} recipes load: {string.Join('\n', _workspace.Problems())}");
    }

    [GlobalCleanup]
    public void Cleanup() => _workspace.Dispose();

    [Benchmark(Description = "cold: no cache")]
    public int Cold() => _workspace.Load(withCache: false).Recipes.Length;

    [Benchmark(Description = "warm: nothing changed")]
    public int Warm() => Evaluated(from: 0, to: 0);

    [Benchmark(Description = "one recipe edited")]
    public int OneRecipe()
    {
        _workspace.EditRecipe(++_edit);
        return Evaluated(from: 1, to: 1);
    }

    [Benchmark(Description = "one variable of local.conf changed that ten recipes read")]
    public int OneVariable()
    {
        _workspace.EditVariable(++_edit);
        return Evaluated(from: 0, to: 10);
    }

    [Benchmark(Baseline = true, Description = "bitbake -p, no cache")]
    [NeedsTool("bitbake")]
    public Task<int> BitBake()
    {
        FileTree.Delete(Path.Combine(_workspace.Directory, "cache"));
        FileTree.Delete(Path.Combine(_workspace.Directory, "tmp/cache"));
        return ParseWithBitBakeAsync();
    }

    [Benchmark(Description = "bitbake -p, nothing changed")]
    [NeedsTool("bitbake")]
    public Task<int> BitBakeWarm() => ParseWithBitBakeAsync();

    private async Task<int> ParseWithBitBakeAsync()
    {
        var outcome = await ProcessRunner.RunAsync(new() { Command = [NeedsToolAttribute.Find("bitbake")!, "-p"], WorkingDirectory = _workspace.Directory }, CancellationToken.None);
        return outcome.Succeeded ? outcome.ExitCode : throw new InvalidOperationException(outcome.Output + outcome.Error);
    }

    /// <summary>A figure for work that was not done, or done for nothing, would be no figure.</summary>
    private int Evaluated(int from, int to)
    {
        var count = _workspace.Load(withCache: true).EvaluatedFiles.Length;
        return count >= from && count <= to ? count : throw new InvalidOperationException($"{count} recipes were evaluated");
    }
}
