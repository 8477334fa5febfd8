using System.Collections.Immutable;
using System.Globalization;
using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Engines;
using Strata.Core;
using Strata.Sandbox;

namespace Strata.Benchmarks.Sandbox;

/// <summary>A command that does nothing, with the sysroots of so many dependencies. Budget: 10 ms with 50.</summary>
[SimpleJob(RunStrategy.Monitoring, warmupCount: 1, iterationCount: 5, invocationCount: 1)]
public class EntranceBenchmark : IAsyncDisposable
{
    private const int Runs = 20;

    private readonly string _top = Directory.CreateTempSubdirectory("strata-benchmark-").FullName;
    private SandboxRunner? _runner;
    private SandboxSpec? _spec;

    [Params(0, 50, 500)]
    public int Dependencies { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _runner = new SandboxRunner(Path.Combine(_top, "sandbox"));
        var work = Directory.CreateDirectory(Path.Combine(_top, "work")).FullName;
        ImmutableArray<string> sysroots = [.. Enumerable.Range(0, Dependencies).Select(Sysroot)];
        _spec = new()
        {
            Command = ["/bin/true"],
            HostRoot = true,
            Mounts = [new(work, "/build/work/x-1", Writable: true)],
            WorkingDirectory = "/build/work/x-1",
            Overlays = sysroots.IsEmpty ? [] : [new("/build/sysroot", sysroots)],
        };
    }

    [GlobalCleanup]
    public async ValueTask DisposeAsync()
    {
        await _runner!.DisposeAsync();
        FileTree.Delete(_top);
        GC.SuppressFinalize(this);
    }

    [Benchmark(OperationsPerInvoke = Runs, Description = "enter, true, leave")]
    public async Task EnterAsync()
    {
        for (var i = 0; i < Runs; i++) _ = await _runner!.RunAsync(_spec!, Path.Combine(_top, "log"), CancellationToken.None);
    }

    private string Sysroot(int number)
    {
        var directory = Path.Combine(_top, string.Create(CultureInfo.InvariantCulture, $"sysroot{number}"));
        Directory.CreateDirectory(Path.Combine(directory, "usr/include"));
        File.WriteAllText(Path.Combine(directory, string.Create(CultureInfo.InvariantCulture, $"usr/include/header{number}.h")), "");
        return directory;
    }
}
