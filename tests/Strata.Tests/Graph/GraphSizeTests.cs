using System.Collections.Immutable;
using System.Globalization;
using Strata.Cache;
using Strata.Core;
using Strata.Execution;
using Strata.Graph;
using Strata.Tests.Execution;

namespace Strata.Tests.Graph;

/// <summary>What a graph costs, counted where counting does not depend on the machine.</summary>
[Collection(ProcessCountTests.Alone)]
public sealed class GraphSizeTests : IDisposable
{
    private const string Tasks = """

        do_configure[deptask] = "do_stage"
        do_configure () {
            echo ${NUMBER}
        }
        addtask configure
        do_stage () {
            :
        }
        do_stage[artifact] = "${WORKDIR}/stage"
        do_stage[mount] = "/build/sysroot"
        addtask stage after do_configure before do_build
        """;

    private readonly GraphWorkspace _workspace = new();

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public void The_cost_of_a_chain_grows_with_its_length_and_not_with_the_square()
    {
        Chain(300);
        var metadata = _workspace.Load();
        _ = Allocated(metadata, "r10");
        var shorter = Allocated(metadata, "r99");
        var longer = Allocated(metadata, "r299");
        Assert.True(longer < 4.5 * shorter, $"{longer} bytes for 300 recipes, {shorter} for 100");
    }

    [Fact]
    public void Keys_do_not_depend_on_what_else_is_in_the_graph()
    {
        Chain(40);
        var whole = _workspace.Graph("r39");
        foreach (var name in (string[])["r0", "r7", "r20"])
            Assert.Equal(whole.Find($"{name}:do_stage")!.DeepKey.ToString(), _workspace.Graph(name).Find($"{name}:do_stage")!.DeepKey.ToString());
    }

    [Fact]
    public void The_fields_of_a_key_say_all_that_its_digest_was_made_from()
    {
        Chain(3);
        var graph = _workspace.Graph("r2");
        var keys = new HashSet<Digest>();
        foreach (var task in graph.Tasks) Assert.True(keys.Add(task.DeepKey.Digest), task.Name);
        Assert.Equal("2", graph.Find("r2:do_configure")!.DeepKey.Fields["var:NUMBER"]);
        Assert.Equal(graph.Find("r1:do_stage")!.DeepKey.ToString(), graph.Find("r2:do_configure")!.DeepKey.Fields["dep:r1:do_stage"]);
    }

    [Fact]
    public void Shallow_keys_ask_for_each_output_once_however_deep_the_graph()
    {
        Chain(60);
        var graph = _workspace.Graph("r59");
        var (keys, asked) = (new ShallowKeys(graph), 0);
        foreach (var task in graph.Tasks) _ = keys.Of(task.Id, Ask);
        Assert.Equal(60, asked);

        Digest Ask(TaskId input)
        {
            asked++;
            return Digest.Of(graph[input].Name);
        }
    }

    [Fact]
    public async Task The_cost_of_a_schedule_grows_with_the_length_of_a_chain_and_not_with_the_square()
    {
        Chain(300);
        _ = await AllocatedByDryRunAsync("r10");
        var shorter = await AllocatedByDryRunAsync("r99");
        var longer = await AllocatedByDryRunAsync("r299");
        Assert.True(longer < 4.5 * shorter, $"{longer} bytes for 300 recipes, {shorter} for 100");
    }

    private async Task<long> AllocatedByDryRunAsync(string target)
    {
        var graph = _workspace.Graph(target);
        using var store = ArtifactStore.Open(_workspace.PathOf("store"));
        using var history = BuildHistory.Open(_workspace.PathOf("history"));
        var options = new BuildOptions { TempDirectory = _workspace.PathOf("tmp"), Jobs = 1, DryRun = true };
        var runner = new BuildRunner(options, store, history, ImmutableSortedDictionary<string, BuiltinTask>.Empty, new());
        var before = GC.GetTotalAllocatedBytes(precise: true);
        var outcome = await runner.RunAsync(graph, TestContext.Current.CancellationToken);
        Assert.Equal(graph.Tasks.Count(t => t.Kind is not TaskKind.Empty), outcome.Summary.Ran);
        return GC.GetTotalAllocatedBytes(precise: true) - before;
    }

    private void Chain(int length)
    {
        for (var i = 0; i < length; i++)
            _workspace.Recipe(string.Create(CultureInfo.InvariantCulture, $"r{i}"), string.Create(CultureInfo.InvariantCulture, $"NUMBER = \"{i}\"\nDEPENDS = \"{(i == 0 ? "" : $"r{i - 1}")}\"{Tasks}"));
    }

    private static long Allocated(Strata.Metadata.LoadedMetadata metadata, string target)
    {
        var diagnostics = new Diagnostics();
        var before = GC.GetTotalAllocatedBytes(precise: true);
        Assert.NotNull(GraphBuilder.Build(metadata, [target], diagnostics, CancellationToken.None));
        return GC.GetTotalAllocatedBytes(precise: true) - before;
    }
}
