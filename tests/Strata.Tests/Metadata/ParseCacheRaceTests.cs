using System.Collections.Immutable;
using Strata.Cli;
using Strata.Core;
using Strata.Metadata;

namespace Strata.Tests.Metadata;

/// <summary>Other processes that use the same cache at the same time, some of which are killed.</summary>
public sealed class ParseCacheRaceTests : IDisposable
{
    private const int Recipes = 40;

    private static readonly ImmutableSortedDictionary<string, string> s_environment = ImmutableSortedDictionary<string, string>.Empty;

    private readonly LayerWorkspace _workspace = new();

    public ParseCacheRaceTests()
    {
        _ = _workspace.Write("conf/local.conf", "WORD = \"w\"\n").Write("meta-x/classes/paint.bbclass", "PAINT = \"p\"\n");
        for (var i = 0; i < Recipes; i++) _ = Own(i, "o");
    }

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public async Task A_process_finds_what_another_one_has_left()
    {
        await RunAsync(TestContext.Current.CancellationToken);

        Assert.Empty(Load().EvaluatedFiles);
    }

    [Fact]
    public async Task Neither_killed_nor_concurrent_runs_ever_show_a_wrong_value()
    {
        var random = new Random(20261122);
        var (word, paint, own) = ("w", "p", "o");
        var killed = 0;
        for (var round = 0; round < 24; round++)
        {
            // Always of the same length, so that no size gives an edit away.
            var text = $"{(char)('a' + round)}";
            switch (round % 3)
            {
                case 0: _ = _workspace.Write("conf/local.conf", $"WORD = \"{word = text}\"\n"); break;
                case 1: _ = _workspace.Write("meta-x/classes/paint.bbclass", $"PAINT = \"{paint = text}\"\n"); break;
                default: _ = Own(0, own = text); break;
            }
            using var kill = new CancellationTokenSource(TimeSpan.FromMilliseconds(random.Next(400)));
            var other = RunAsync(kill.Token);
            var meanwhile = Task.Run(Load, TestContext.Current.CancellationToken);
            try
            {
                await other;
            }
            catch (OperationCanceledException)
            {
                killed++;
            }
            AssertValues(await meanwhile);
            AssertValues(Load());
        }
        Assert.True(killed > 0, "no run was killed");
        Assert.Empty(Load().EvaluatedFiles);

        void AssertValues(LoadedMetadata metadata)
        {
            Assert.Equal(Recipes, metadata.Recipes.Length);
            foreach (var recipe in metadata.Recipes)
                Assert.Equal($"{word} {paint} {(recipe.Name == "r0" ? own : "o")}", recipe.Get("PR"));
        }
    }

    private LayerWorkspace Own(int recipe, string text) => _workspace.Recipe($"r{recipe}_1.bb", $"inherit paint\nPR = \"${{WORD}} ${{PAINT}} {text}\"\n");

    /// <summary>As the program does it, with the same request and hence the same cache.</summary>
    private LoadedMetadata Load() =>
        new Session(Workspace.Find(_workspace.PathOf("."), s_environment)!, s_environment, new EventStream()).Load(CancellationToken.None)!;

    private async Task RunAsync(CancellationToken kill)
    {
        var outcome = await ProcessRunner.RunAsync(new() { Command = [Path.Combine(AppContext.BaseDirectory, "strata"), "check"], WorkingDirectory = _workspace.PathOf("."), Environment = Environment() }, kill);
        Assert.True(outcome.Succeeded, outcome.Output + outcome.Error);
    }

    /// <summary>Nothing that the program hands on to the metadata, but what its runtime needs.</summary>
    private static ImmutableSortedDictionary<string, string> Environment() =>
        new[] { "DOTNET_ROOT", "PATH", "HOME" }.Where(n => System.Environment.GetEnvironmentVariable(n) is not null)
            .ToImmutableSortedDictionary(n => n, n => System.Environment.GetEnvironmentVariable(n)!, StringComparer.Ordinal);
}
