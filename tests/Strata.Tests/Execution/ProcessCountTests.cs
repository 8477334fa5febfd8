using Strata.Core;

namespace Strata.Tests.Execution;

/// <summary>How many processes a build starts. The count is the whole program's, so nothing else may run meanwhile.</summary>
[Collection(Alone)]
public sealed class ProcessCountTests : IDisposable
{
    public const string Alone = "alone, because it counts what the whole program does";

    private readonly BuildWorkspace _workspace = new();

    public ProcessCountTests() => _workspace.Recipe("app", "inherit chain\n");

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public async Task Restoring_starts_no_process()
    {
        await _workspace.BuildAsync("app");
        var processes = ProcessRunner.Started;

        Assert.Equal(1, (await _workspace.BuildAsync("app")).Summary.Restored);

        Assert.Equal(processes, ProcessRunner.Started);
    }

    [CollectionDefinition(Alone, DisableParallelization = true)]
    public sealed class Collection;
}
