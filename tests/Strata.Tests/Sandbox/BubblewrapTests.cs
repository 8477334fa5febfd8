using System.Collections.Immutable;
using Strata.Sandbox;

namespace Strata.Tests.Sandbox;

public sealed class BubblewrapTests
{
    private static readonly SandboxSpec s_spec = new()
    {
        Command = ["/bin/sh", "run"],
        WorkingDirectory = "/build/work/x-1",
        Environment = ImmutableSortedDictionary<string, string>.Empty.Add("B", "2").Add("A", "1"),
        Mounts = [new("/host/work", "/build/work/x-1", Writable: true)],
    };

    [Fact]
    public void Parents_are_mounted_before_what_lies_beneath_them()
    {
        var line = string.Join(' ', Bubblewrap.Arguments(s_spec, [new("/host/sysroot", "/build/sysroot", false), new("/host/root", "/", false)]));

        Assert.Contains("--ro-bind /host/root / --tmpfs /build --ro-bind /host/sysroot /build/sysroot --bind /host/work /build/work/x-1 --dev /dev " +
            "--proc /proc --tmpfs /tmp --remount-ro /build --setenv A 1 --setenv B 2 --chdir /build/work/x-1 -- /bin/sh run", line, StringComparison.Ordinal);
    }

    [Fact]
    public void The_network_is_shared_on_demand_only()
    {
        Assert.DoesNotContain("--share-net", Bubblewrap.Arguments(s_spec, []));
        Assert.Contains("--share-net", Bubblewrap.Arguments(s_spec with { Network = Network.Host }, []));
    }
}
