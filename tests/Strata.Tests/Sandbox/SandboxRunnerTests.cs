using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Strata.Sandbox;

namespace Strata.Tests.Sandbox;

/// <summary>What a command in a sandbox can see and do. Everything runs for real, as root or as an ordinary user alike.</summary>
public sealed class SandboxRunnerTests : IAsyncDisposable
{
    private readonly SandboxFixture _sandbox = new();

    public ValueTask DisposeAsync() => _sandbox.DisposeAsync();

    [Fact]
    public async Task A_header_of_an_undeclared_dependency_is_not_visible()
    {
        var zlib = _sandbox.Tree("zlib", ("usr/include/zlib.h", "z"));
        var ssl = _sandbox.Tree("openssl", ("usr/include/ssl.h", "s"));
        var png = _sandbox.Tree("png", ("usr/include/png.h", "p"));
        var spec = _sandbox.Shell("ls /build/sysroot/usr/include; cat " + ssl + "/usr/include/ssl.h");

        var (exitCode, output) = await _sandbox.RunAsync(spec with { Overlays = [new("/build/sysroot", [zlib, png])] });

        Assert.StartsWith("png.h\nzlib.h\n", output, StringComparison.Ordinal);
        Assert.Contains("No such file", output, StringComparison.Ordinal);
        Assert.NotEqual(0, exitCode);
    }

    [Fact]
    public async Task The_topmost_lower_wins_and_the_merged_directory_is_read_only()
    {
        var spec = _sandbox.Shell("cat /build/sysroot/a /build/sysroot/b; ! echo > /build/sysroot/c; ! rm /build/sysroot/b");

        var (exitCode, output) = await _sandbox.RunAsync(spec with
        {
            Overlays = [new("/build/sysroot", [_sandbox.Tree("top", ("a", "top\n")), _sandbox.Tree("below", ("a", "below\n"), ("b", "b\n"))])],
        });

        Assert.Equal(0, exitCode);
        Assert.StartsWith("top\nb\n", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_on_the_host_cannot_be_reached()
    {
        using var server = new TcpListener(IPAddress.Loopback, 0);
        server.Start();
        var script = $"exec /usr/bin/bash -c 'exec 3<>/dev/tcp/127.0.0.1/{((IPEndPoint)server.LocalEndpoint).Port}'";

        Assert.NotEqual(0, (await _sandbox.RunAsync(_sandbox.Shell(script))).ExitCode);
        Assert.Equal(0, (await _sandbox.RunAsync(_sandbox.Shell(script) with { Network = Network.Host })).ExitCode);
    }

    [Fact]
    public async Task Only_the_work_directory_takes_files_that_stay()
    {
        await _sandbox.RunAsync(_sandbox.Shell("echo kept > kept; echo scratch > /tmp/scratch"));
        var (exitCode, output) = await _sandbox.RunAsync(_sandbox.Shell(
            "cat kept; ls -A /tmp; for d in / /usr /usr/local /etc /root /var /build /build/work; do ! touch $d/x 2>/dev/null || echo $d; done"));

        Assert.Equal((0, "kept\n"), (exitCode, output));
        Assert.Equal("kept\n", File.ReadAllText(Path.Combine(_sandbox.WorkDirectory, "kept")));
    }

    [Fact]
    public async Task What_is_read_only_stays_so_even_for_uid_0_inside()
    {
        var (_, output) = await _sandbox.RunAsync(_sandbox.Shell(
            "id -u; id -g; grep CapEff /proc/self/status; ! mount -o remount,rw,bind /usr 2>/dev/null; ! touch /usr/x 2>/dev/null"));

        Assert.Equal("0\n0\nCapEff:\t0000000000000000\n", output);
    }

    [Fact]
    public async Task The_environment_is_exactly_the_given_one()
    {
        var spec = _sandbox.Shell("") with { Command = ["/usr/bin/env"] };
        var (_, output) = await _sandbox.RunAsync(spec with { Environment = spec.Environment.Add("CFLAGS", "-O2 \"x\"\nnext line") });

        Assert.Equal("CFLAGS=-O2 \"x\"\nnext line\nPATH=/usr/bin:/bin\nPWD=/build/work/x-1\n", output);
    }

    [Fact]
    public async Task Home_processes_and_name_of_the_host_are_hidden()
    {
        var (_, output) = await _sandbox.RunAsync(_sandbox.Shell("uname -n; ls -A /root; ! ls /home 2>/dev/null; ls -d /proc/[0-9]* | wc -l; umask; pwd"));

        var lines = output.Split('\n');
        Assert.Equal("strata", lines[0]);
        Assert.True(int.Parse(lines[1], CultureInfo.InvariantCulture) < 6, output);
        Assert.Equal(["0022", "/build/work/x-1"], lines[2..4]);
    }

    [Theory]
    [InlineData("exit 7", 7)]
    [InlineData("kill -9 $$", 137)]
    public async Task The_exit_code_passes_through(string script, int expected) =>
        Assert.Equal(expected, (await _sandbox.RunAsync(_sandbox.Shell(script))).ExitCode);

    [Fact]
    public async Task Output_and_errors_keep_their_order()
    {
        var (_, output) = await _sandbox.RunAsync(_sandbox.Shell("for i in 1 2 3; do echo out$i; echo err$i >&2; done"));

        Assert.Equal("out1\nerr1\nout2\nerr2\nout3\nerr3\n", output);
    }

    [Fact]
    public async Task Standard_input_is_empty() =>
        Assert.Equal((0, "end\n"), await _sandbox.RunAsync(_sandbox.Shell("cat; echo end")));

    [Fact]
    public async Task The_sysroots_of_five_hundred_dependencies_are_one_directory()
    {
        var lowers = Enumerable.Range(0, 500).Select(i => _sandbox.Tree($"lower-with-a-long-name-{i:000}", ($"f{i}", "")));

        var (exitCode, output) = await _sandbox.RunAsync(_sandbox.Shell("ls /build/sysroot | wc -l") with { Overlays = [new("/build/sysroot", [.. lowers])] });

        Assert.Equal((0, "500\n"), (exitCode, output));
    }

    [Fact]
    public async Task More_lower_directories_than_the_kernel_takes_are_mounted_in_groups()
    {
        var lowers = Enumerable.Range(0, 801).Select(i => _sandbox.Tree($"lower{i}", ($"f{i}", ""), ("same", $"{i}\n")));

        var (exitCode, output) = await _sandbox.RunAsync(
            _sandbox.Shell("ls /build/sysroot | wc -l; cat /build/sysroot/same") with { Overlays = [new("/build/sysroot", [.. lowers])] });

        Assert.Equal((0, "802\n0\n"), (exitCode, output));
    }

    [Fact]
    public async Task The_root_is_an_overlay_of_artifacts_over_the_skeleton()
    {
        var tool = _sandbox.Tree("tool", ("opt/tool/hello", "hello\n"), ("etc/passwd", "own\n"));
        var spec = _sandbox.Shell("cat /opt/tool/hello /etc/passwd; ls /opt/sdk/; ls /etc") with
        {
            Overlays = [new("/", [tool]), new("/opt/sdk", [_sandbox.Tree("sdk", ("kit", ""))])],
        };

        var (exitCode, output) = await _sandbox.RunAsync(spec);

        Assert.Equal((0, "hello\nown\nkit\nalternatives\ngroup\nhosts\nnsswitch.conf\npasswd\nresolv.conf\n"), (exitCode, output));
    }

    [Fact]
    public async Task A_command_that_does_not_exist_is_a_finding_and_not_a_failed_command()
    {
        var spec = _sandbox.Shell("") with { Command = ["/usr/bin/no-such-thing"] };

        var failure = await Assert.ThrowsAsync<SandboxFailedException>(() => _sandbox.RunAsync(spec));

        Assert.Equal("STR5006", failure.Diagnostic.Rule.Code);
        Assert.Contains("/usr/bin/no-such-thing", failure.Diagnostic.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_lower_directory_is_told_with_the_words_of_the_host()
    {
        var spec = _sandbox.Shell("true") with { Overlays = [new("/build/sysroot", [_sandbox.Path("gone"), _sandbox.Path("lost")])] };

        var failure = await Assert.ThrowsAsync<SandboxFailedException>(() => _sandbox.RunAsync(spec));

        Assert.Equal("STR5005", failure.Diagnostic.Rule.Code);
        Assert.Contains("mount", failure.Diagnostic.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_command_and_its_children_took_is_told()
    {
        var outcome = await _sandbox.Runner.RunAsync(
            _sandbox.Shell("i=0; while [ $i -lt 300000 ]; do i=$((i+1)); done; (head -c 60000000 /dev/zero | tail -c 50000000 | wc -c)"),
            _sandbox.LogFile, TestContext.Current.CancellationToken);

        Assert.InRange(outcome.Usage.Cpu.TotalSeconds, 0.05, 60);
        Assert.InRange(outcome.Usage.PeakMemory, 50_000_000, 200_000_000);
    }

    [Fact]
    public async Task An_overlay_that_many_commands_want_is_mounted_once_and_old_ones_go()
    {
        var common = new Overlay("/build/common", [_sandbox.Tree("c1", ("a", "")), _sandbox.Tree("c2", ("b", ""))]);
        foreach (var i in Enumerable.Range(0, 30))
        {
            var own = new Overlay("/build/own", [_sandbox.Tree($"o{i}", ($"own{i}", "")), _sandbox.Tree("c2", ("b", ""))]);
            var (_, output) = await _sandbox.RunAsync(_sandbox.Shell("ls /build/common /build/own") with { Overlays = [common, own] });
            Assert.Equal($"/build/common:\na\nb\n\n/build/own:\nb\nown{i}\n", output);
        }

        var points = Directory.GetDirectories(Directory.GetDirectories(_sandbox.Path("sandbox"), "mounts.*").Single(), "o*");
        Assert.InRange(points.Length, 3, 12);
    }

    [Fact]
    public async Task Cancelling_leaves_no_process()
    {
        using var cancel = new CancellationTokenSource();
        var marker = $"31{Environment.ProcessId}.5";
        var run = _sandbox.Runner.RunAsync(
            _sandbox.Shell($"setsid sleep {marker} >/dev/null 2>&1 & sleep {marker}"), _sandbox.LogFile, cancel.Token);
        while (!run.IsCompleted && ProcessList.With(marker).Length < 2) await Task.Delay(5);
        Assert.False(run.IsCompleted);

        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run);
        Assert.Empty(ProcessList.With(marker));
    }

    [Fact]
    public async Task A_process_left_in_the_background_ends_with_its_command()
    {
        var marker = $"32{Environment.ProcessId}.5";

        await _sandbox.RunAsync(_sandbox.Shell($"sleep {marker} & echo started"));

        Assert.Empty(ProcessList.With(marker));
    }

    [Fact]
    public async Task An_ordinary_user_sees_the_same_as_root()
    {
        if (Environment.UserName != "root") Assert.Skip("every test of this class runs as an ordinary user already");
        File.WriteAllText(_sandbox.LogFile, "");
        foreach (var path in new[] { _sandbox.LogFile, _sandbox.WorkDirectory })
            File.SetUnixFileMode(path, (UnixFileMode)0b111_111_111);
        var spec = _sandbox.Shell("id -u; echo x > made; cat /build/sysroot/a /build/sysroot/b") with
        {
            Overlays = [new("/build/sysroot", [_sandbox.Tree("one", ("a", "a\n")), _sandbox.Tree("two", ("b", "b\n"))])],
        };

        Directory.CreateDirectory(_sandbox.Path("theirs"));
        await using var theirs = new SandboxRunner(_sandbox.Path("theirs"), ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "--"]);

        var outcome = await theirs.RunAsync(spec, _sandbox.LogFile, TestContext.Current.CancellationToken);

        Assert.Equal(0, outcome.ExitCode);
        Assert.Equal("0\na\nb\n", _sandbox.Log);
        Assert.Equal("x\n", File.ReadAllText(Path.Combine(_sandbox.WorkDirectory, "made")));
    }

    [Fact]
    public async Task What_a_killed_process_left_behind_is_swept_away_and_what_a_living_one_uses_is_not()
    {
        var directory = _sandbox.Path("sandbox");
        var living = Directory.GetFiles(directory, "mounts.*.lock").Single();
        File.SetLastWriteTimeUtc(living, DateTime.UnixEpoch);
        Directory.CreateDirectory(Path.Combine(directory, "mounts.dead/o0"));
        File.WriteAllText(Path.Combine(directory, "mounts.dead.lock"), "");
        File.SetLastWriteTimeUtc(Path.Combine(directory, "mounts.dead.lock"), DateTime.UnixEpoch);

        await using (new SandboxRunner(directory)) Assert.False(Directory.Exists(Path.Combine(directory, "mounts.dead")));

        Assert.True(Directory.Exists(living[..^".lock".Length]));
        Assert.Equal([living], Directory.GetFiles(directory, "mounts.*"));
    }
}
