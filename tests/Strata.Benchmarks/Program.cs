using System.Reflection;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Filters;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.NoEmit;
using Strata.Benchmarks.Packaging;

namespace Strata.Benchmarks;

/// <summary><c>dotnet run -c Release --project tests/Strata.Benchmarks -- --filter '*'</c>: each stage against its peer, in the same run.</summary>
internal static class Program
{
    private static async Task Main(string[] args)
    {
        switch (args)
        {
            case [ImageCost.Verb, .. var rest]:
                await ImageCost.RunAsync(rest);
                return;
            case [ImageCost.WriteVerb, .. var rest]:
                await ImageCost.WriteAsync(rest);
                return;
        }

        // In this process: the project that BenchmarkDotNet would generate does not see references of references.
        var job = Job.Default.WithToolchain(InProcessNoEmitToolchain.Instance).WithWarmupCount(1).WithIterationCount(5);
        var withTools = new SimpleFilter(c => c.Descriptor.WorkloadMethod.GetCustomAttribute<NeedsToolAttribute>()?.IsThere is not false);
        var config = DefaultConfig.Instance.AddJob(job).AddFilter(withTools).WithArtifactsPath("build/benchmarks");
        BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args, config);
    }
}
