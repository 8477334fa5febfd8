namespace Strata.Tests.Fetch;

/// <summary>Tests that fetch from a repository of their own, beside which they may write.</summary>
public abstract class UpstreamTests : IAsyncLifetime
{
    private protected TemporaryDirectory Files { get; } = new();

    private protected GitUpstream Upstream { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Upstream = await GitUpstream.CreateAsync(Files.At("upstream"));

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await Upstream.DisposeAsync();
        Files.Dispose();
    }
}
