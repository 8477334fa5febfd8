using Strata.Sandbox;

namespace Strata.Tests.Sandbox;

/// <summary>A host whose mount refuses overlays, as kernels before 5.11 and some security modules do in a user namespace.</summary>
public sealed class LinkedSandboxTests : IAsyncDisposable
{
    private readonly SandboxFixture _files = new();
    private readonly string _tools;

    public LinkedSandboxTests()
    {
        _tools = _files.Tree("tools", ("mount", """
            #!/bin/sh
            case " $* " in
                *" overlay "*) echo "mount: $*" >> "${0%/*}/asked"; echo "mount: wrong fs type" >&2; exit 32 ;;
            esac
            exec /usr/bin/mount "$@"
            """));
        File.SetUnixFileMode(Path.Combine(_tools, "mount"), (UnixFileMode)0b111_101_101);
    }

    public ValueTask DisposeAsync() => _files.DisposeAsync();

    [Fact]
    public async Task Sandboxes_are_filled_with_hard_links_and_show_the_same()
    {
        var spec = _files.Shell("cat /build/sysroot/a /build/sysroot/d/b /build/sysroot/d/c; touch /build/sysroot/x 2>&1 || true; ls /build/sysroot") with
        {
            Overlays = [new("/build/sysroot", [_files.Tree("one", ("a", "1\n"), ("d/b", "1\n")), _files.Tree("two", ("a", "2\n"), ("d/b", "2\n"), ("d/c", "2\n"))])],
        };

        await using var runner = Runner();
        var (exitCode, linked) = await RunAsync(runner, spec);

        Assert.Equal(0, exitCode);
        Assert.StartsWith("1\n1\n2\n", linked, StringComparison.Ordinal);
        Assert.Contains("Read-only file system", linked, StringComparison.Ordinal);
        Assert.Equal((await _files.RunAsync(spec)).Output, linked);
        Assert.NotEmpty(File.ReadAllLines(_files.Path("tools/asked")));
    }

    [Fact]
    public async Task What_is_no_longer_wanted_is_removed_and_nothing_is_left_at_the_end()
    {
        await using (var runner = Runner())
        {
            foreach (var i in Enumerable.Range(0, 30))
            {
                var own = new Overlay("/build/own", [_files.Tree($"o{i}", ($"own{i}", "")), _files.Tree("common", ("b", ""))]);
                Assert.Equal((0, $"b\nown{i}\n"), await RunAsync(runner, _files.Shell("ls /build/own") with { Overlays = [own] }));
            }
            Assert.InRange(Directory.GetDirectories(Directory.GetDirectories(_files.Path("linked"), "mounts.*").Single(), "o*").Length, 2, 12);
        }

        Assert.Empty(Directory.GetDirectories(_files.Path("linked"), "mounts.*"));
        Assert.True(File.Exists(Path.Combine(_files.Path("o29"), "own29")));
    }

    [Fact]
    public async Task A_missing_lower_directory_is_still_a_finding()
    {
        var spec = _files.Shell("true") with { Overlays = [new("/build/sysroot", [_files.Path("gone"), _files.Path("lost")])] };
        await using var runner = Runner();

        var failure = await Assert.ThrowsAsync<SandboxFailedException>(() => RunAsync(runner, spec));

        Assert.Equal("STR5005", failure.Diagnostic.Rule.Code);
    }

    private SandboxRunner Runner() => new(_files.Path("linked"), ["env", $"PATH={_tools}:{Environment.GetEnvironmentVariable("PATH")}"]);

    private async Task<(int ExitCode, string Output)> RunAsync(SandboxRunner runner, SandboxSpec spec)
    {
        File.Delete(_files.LogFile);
        var outcome = await runner.RunAsync(spec, _files.LogFile, TestContext.Current.CancellationToken);
        return (outcome.ExitCode, _files.Log);
    }
}
