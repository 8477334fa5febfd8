using Strata.Core;
using Strata.Sandbox;

namespace Strata.Tests.Sandbox;

public sealed class HostProbeTests : IDisposable
{
    private readonly string _directory = AtomicFile.ScratchName(Path.Combine(Path.GetTempPath(), "strata-probe"));

    public HostProbeTests() => Directory.CreateDirectory(_directory);

    public void Dispose() => FileTree.Delete(_directory);

    [Fact]
    public async Task A_host_that_can_run_sandboxes_has_a_sentence_for_each_check()
    {
        var checks = await HostProbe.CheckAsync(Path.Combine(_directory, "build", "tmp"), "C.UTF-8", TestContext.Current.CancellationToken);

        Assert.Equal(["user namespaces", "overlay mounts", "util-linux", "bubblewrap", "git", "disk space", "memory", "file names", "locale"], checks.Select(c => c.Name));
        Assert.All(checks, c => Assert.False(c.Problem is { Severity: Severity.Error }, c.Finding));
        Assert.Empty(Directory.GetFileSystemEntries(_directory));
    }

    [Theory]
    [InlineData("kernel/unprivileged_userns_clone", "0", "kernel.unprivileged_userns_clone=1")]
    [InlineData("user/max_user_namespaces", "0", "user.max_user_namespaces=15000")]
    [InlineData("kernel/apparmor_restrict_unprivileged_userns", "1", "kernel.apparmor_restrict_unprivileged_userns=0")]
    public async Task The_switch_that_forbids_user_namespaces_is_named_with_the_command_that_allows_them(string name, string value, string command)
    {
        Directory.CreateDirectory(Path.Combine(_directory, Path.GetDirectoryName(name)!));
        File.WriteAllText(Path.Combine(_directory, name), value + "\n");

        var check = await HostProbe.UserNamespacesAsync("false", _directory, TestContext.Current.CancellationToken);

        Assert.Equal("STR5001", check.Problem!.Rule.Code);
        Assert.Contains($"{name.Replace('/', '.')} is {value}", check.Finding, StringComparison.Ordinal);
        Assert.StartsWith($"type: sudo sysctl -w {command} ", check.Problem.Hint, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_container_that_forbids_user_namespaces_gets_another_way_out()
    {
        var check = await HostProbe.UserNamespacesAsync("false", _directory, TestContext.Current.CancellationToken);

        Assert.Contains("seccomp", check.Problem!.Hint, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_bubblewrap_is_told_with_the_package_that_has_it()
    {
        var check = await HostProbe.ToolAsync("bubblewrap", ["no-such-bwrap", "--version"], "bubblewrap", "every sandbox needs it", TestContext.Current.CancellationToken);

        Assert.Equal(("STR5003", "type: sudo apt-get install bubblewrap"), (check.Problem!.Rule.Code, check.Problem.Hint));
    }

    [Fact]
    public void Little_memory_is_a_warning() =>
        Assert.Equal(("STR5007", Severity.Warning), (HostProbe.Memory(900_000_000).Problem!.Rule.Code, HostProbe.Memory(900_000_000).Problem!.Severity));

    [Fact]
    public async Task A_locale_without_UTF8_is_a_warning()
    {
        var checks = await HostProbe.CheckAsync(_directory, "POSIX", TestContext.Current.CancellationToken);

        Assert.Equal(("STR5010", Severity.Warning), (checks[^1].Problem!.Rule.Code, checks[^1].Problem!.Severity));
    }

    [Fact]
    public void Little_disk_space_is_a_warning() =>
        Assert.Equal(Severity.Warning, HostProbe.DiskSpace("/build", 1_500_000_000).Problem!.Severity);
}
