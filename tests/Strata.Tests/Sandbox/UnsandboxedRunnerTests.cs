using System.Collections.Immutable;
using Strata.Sandbox;

namespace Strata.Tests.Sandbox;

/// <summary>Commands without isolation: inputs are found below one directory, and nothing stays running.</summary>
public sealed class UnsandboxedRunnerTests : IAsyncDisposable
{
    private readonly SandboxFixture _files = new();
    private readonly UnsandboxedRunner _runner;

    public UnsandboxedRunnerTests() => _runner = new(Root);

    private string Root => _files.Path("root");

    public async ValueTask DisposeAsync()
    {
        await _runner.DisposeAsync();
        await _files.DisposeAsync();
    }

    [Fact]
    public async Task Inputs_are_merged_where_the_metadata_expects_them_and_every_command_has_its_own()
    {
        var (a, b) = (_files.Tree("a", ("lib/x", "a\n"), ("lib/y", "a\n")), _files.Tree("b", ("lib/x", "b\n"), ("lib/z", "b\n")));

        var first = await RunAsync(Shell($"cat {Root}/sysroot/lib/*") with { Overlays = [new($"{Root}/sysroot", [a, b])] });
        var second = await RunAsync(Shell($"cat {Root}/sysroot/lib/*") with { Overlays = [new($"{Root}/sysroot", [b])] });

        Assert.Equal(((0, "a\na\nb\n"), (0, "b\nb\n")), (first, second));
    }

    [Fact]
    public async Task Tools_of_recipes_are_linked_as_root_and_the_environment_is_the_given_one()
    {
        var tool = _files.Tree("tool", ("usr/bin/greet", "#!/bin/sh\necho greetings from the tool\n"));
        File.SetUnixFileMode(Path.Combine(tool, "usr/bin/greet"), (UnixFileMode)0b111_101_101);

        var (exitCode, output) = await RunAsync(Shell($"{Root}/root/usr/bin/greet; env | cut -d= -f1 | sort | tr '\\n' ' '; pwd") with { Overlays = [new("/", [tool])] });

        Assert.Equal((0, $"greetings from the tool\nPATH PWD {_files.WorkDirectory}\n"), (exitCode, output));
    }

    [Fact]
    public async Task A_secret_is_linked_where_its_variable_says_and_is_gone_afterwards()
    {
        var token = Path.Combine(_files.Tree("host", ("netrc", "secret\n")), "netrc");
        var spec = Shell("cat $NETRC $HOME/.netrc");
        var environment = spec.Environment.Add("NETRC", "/build/secrets/.netrc").Add("HOME", "/build/secrets");

        var seen = await RunAsync(spec with { Environment = environment, Mounts = [.. spec.Mounts, new(token, "/build/secrets/.netrc", Writable: false)] });

        Assert.Equal((0, "secret\nsecret\n"), seen);
        Assert.Empty(Directory.EnumerateFiles(Root, ".netrc", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task An_input_that_wants_a_place_of_its_own_on_the_host_is_refused()
    {
        var failure = await Assert.ThrowsAsync<SandboxFailedException>(() => RunAsync(Shell("true") with { Overlays = [new("/build/kit", [_files.Tree("kit", ("x", ""))])] }));

        Assert.Equal("STR5012", failure.Diagnostic.Rule.Code);
        Assert.False(Directory.Exists("/build/kit"));
    }

    [Fact]
    public async Task A_second_build_beside_the_first_is_refused()
    {
        _ = await RunAsync(Shell("true"));
        await using var other = new UnsandboxedRunner(Root);

        var failure = await Assert.ThrowsAsync<SandboxFailedException>(() => other.RunAsync(Shell("true"), _files.LogFile, TestContext.Current.CancellationToken));

        Assert.Equal("STR5013", failure.Diagnostic.Rule.Code);
    }

    [Fact]
    public async Task Cancelling_and_ending_leave_no_process()
    {
        var marker = $"33{Environment.ProcessId}.5";
        _ = await RunAsync(Shell($"sleep {marker} & echo started"));
        Assert.Empty(ProcessList.With(marker));
        using var cancel = new CancellationTokenSource();
        var run = _runner.RunAsync(Shell($"touch up; sleep {marker}"), _files.LogFile, cancel.Token);
        while (!run.IsCompleted && !File.Exists(Path.Combine(_files.WorkDirectory, "up"))) await Task.Delay(5, TestContext.Current.CancellationToken);

        await cancel.CancelAsync();

        _ = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run);
        Assert.Empty(ProcessList.With(marker));
    }

    [Fact]
    public async Task Signals_are_exit_codes_as_in_a_sandbox() => Assert.Equal(137, (await RunAsync(Shell("kill -9 $$"))).ExitCode);

    private SandboxSpec Shell(string script) => new()
    {
        Command = ["/bin/sh", "-ec", script],
        WorkingDirectory = _files.WorkDirectory,
        Environment = ImmutableSortedDictionary<string, string>.Empty.Add("PATH", "/usr/bin:/bin"),
    };

    private async Task<(int ExitCode, string Output)> RunAsync(SandboxSpec spec)
    {
        File.Delete(_files.LogFile);
        var outcome = await _runner.RunAsync(spec, _files.LogFile, TestContext.Current.CancellationToken);
        return (outcome.ExitCode, _files.Log);
    }
}
