using Strata.Sandbox;

namespace Strata.Tests.Sandbox;

public sealed class LaunchThreadTests
{
    [Fact]
    public async Task Everything_starts_on_one_thread_that_outlives_it()
    {
        using var launcher = new LaunchThread();
        var threads = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => launcher.RunAsync(() => Task.FromResult(Environment.CurrentManagedThreadId))));

        Assert.Single(threads.Distinct());
    }

    [Fact]
    public async Task A_start_that_fails_fails_its_caller_only()
    {
        using var launcher = new LaunchThread();

        await Assert.ThrowsAsync<InvalidDataException>(() => launcher.RunAsync<int>(() => throw new InvalidDataException()));
        Assert.Equal(3, await launcher.RunAsync(() => Task.FromResult(3)));
    }
}
