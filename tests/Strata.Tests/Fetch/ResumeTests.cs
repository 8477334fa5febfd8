using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Strata.Cache;
using Strata.Core;
using Strata.Fetch;
using Strata.Tests.Cli;

namespace Strata.Tests.Fetch;

/// <summary>Downloads that were cut off by the death of a process, or by the server, per protocol.</summary>
public sealed class ResumeTests : IAsyncDisposable
{
    private static readonly byte[] s_body = [.. Enumerable.Range(0, 300_000).Select(i => (byte)(i * 31 % 251))];
    private static readonly Digest s_pin = Digest.Of(s_body);

    private readonly TemporaryDirectory _files = new();
    private readonly LyingServer _server = new();
    private readonly BlobStore _blobs;

    public ResumeTests() => _blobs = new(_files.At("downloads"));

    private string Part => _files.At($"downloads/incoming/{s_pin.Hex}.part");

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _files.Dispose();
    }

    [Fact]
    public async Task A_killed_build_leaves_what_it_had_and_the_next_one_goes_on_there()
    {
        using var workspace = new CliWorkspace();
        workspace.Write("conf/local.conf", $"{workspace.Read("conf/local.conf")}\nDL_DIR = \"{_files.At("downloads")}\"\n");
        workspace.Write("meta-product/recipes-product/hello/hello-native_1.0.bb",
            $"SUMMARY = \"Hello\"\nLICENSE = \"CLOSED\"\nSRC_URI = \"{_server.Url("/a.bin")}\"\nSRC_URI[sha256sum] = \"{s_pin.Hex}\"\ninherit native\n");
        _server.Do("/a.bin", async (stream, cancel) =>
        {
            await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nContent-Length: {s_body.Length}\r\n\r\n"), cancel);
            await stream.WriteAsync(s_body.AsMemory(0, 200_000), cancel);
            await Task.Delay(Timeout.Infinite, cancel);
        });
        using (var build = Process.Start(new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "strata.dll"), "-C", workspace.Top, "fetch", "hello-native"]))!)
        {
            while (!build.HasExited && !(File.Exists(Part) && new FileInfo(Part).Length >= 100_000)) await Task.Delay(10);
            Assert.False(build.HasExited);
            build.Kill();
            await build.WaitForExitAsync();
        }
        var had = new FileInfo(Part).Length;
        Range();

        Assert.IsType<FetchOutcome.Fetched>(await FetchAsync("/a.bin"));

        Assert.Contains($"Range: bytes={had}-", _server.Headers[^1], StringComparison.Ordinal);
        Assert.Equal(s_body, await File.ReadAllBytesAsync(_blobs.PathOf(s_pin)));
        Assert.Empty(Directory.EnumerateFiles(_files.At("downloads/incoming")));
    }

    [Fact]
    public async Task Bytes_of_before_that_are_wrong_are_thrown_away()
    {
        _files.Write($"downloads/incoming/{s_pin.Hex}.part", new string('x', 1000));
        Range();

        Assert.IsType<FetchOutcome.Fetched>(await FetchAsync("/a.bin"));

        Assert.Equal(2, _server.Requests.Length);
        Assert.Equal(s_body, await File.ReadAllBytesAsync(_blobs.PathOf(s_pin)));
    }

    [Fact]
    public async Task A_place_that_has_nothing_does_not_cost_what_is_there()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Part)!);
        File.WriteAllBytes(Part, s_body[..1000]);

        Assert.IsType<FetchOutcome.Unavailable>(await FetchAsync("/nothing"));

        Assert.Equal(1000, new FileInfo(Part).Length);
    }

    [Fact]
    public async Task A_transfer_over_FTP_that_breaks_off_goes_on_where_it_broke_off()
    {
        await using var ftp = new FtpServer("a.bin", s_body) { BreaksOffAfter = 100_000 };

        Assert.IsType<FetchOutcome.Fetched>(await FetchAsync(ftp.Url("a.bin")));

        Assert.Equal(["0", "100000"], ftp.Starts);
        Assert.Equal(s_body, await File.ReadAllBytesAsync(_blobs.PathOf(s_pin)));
    }

    [Fact]
    public async Task A_silent_FTP_server_is_left()
    {
        await using var ftp = new FtpServer("a.bin", s_body) { BreaksOffAfter = 100_000, StaysOpen = true };

        Assert.IsType<FetchOutcome.Unavailable>(await FetchAsync(ftp.Url("a.bin"), o => o with { SlowWindow = TimeSpan.FromSeconds(1), Attempts = 1 }));
        Assert.Empty(Directory.EnumerateFiles(_files.At("downloads/incoming")));
    }

    [Fact]
    public async Task A_silent_git_server_is_left_and_nothing_stays_running()
    {
        await using var silent = new AcceptLoop(async (_, cancel) => await Task.Delay(Timeout.Infinite, cancel));
        using var fetcher = Fetcher(o => o with { GitIdleTimeout = TimeSpan.FromMilliseconds(200) });
        var entry = SourceUri.Parse($"git://127.0.0.1:{silent.Port}/up.git;branch=main");

        var outcome = await fetcher.FetchAsync(new PinnedGit(entry, new string('1', 40)), default, null, CancellationToken.None);

        Assert.Contains("sent nothing for 0.2 s", Assert.IsType<FetchOutcome.Unavailable>(outcome).Problem.Message, StringComparison.Ordinal);
    }

    /// <summary>From now on the server gives the rest of the file, or all of it.</summary>
    private void Range() => _server.Do("/a.bin", async (stream, cancel) =>
    {
        var from = Regex.Match(_server.Headers[^1], @"Range: bytes=(\d+)-") is { Success: true } range ? int.Parse(range.Groups[1].Value, CultureInfo.InvariantCulture) : 0;
        var head = from == 0 ? "200 OK" : $"206 Partial Content\r\nContent-Range: bytes {from}-{s_body.Length - 1}/{s_body.Length}";
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 {head}\r\nContent-Length: {s_body.Length - from}\r\nConnection: close\r\n\r\n"), cancel);
        await stream.WriteAsync(s_body.AsMemory(from), cancel);
    });

    private async Task<FetchOutcome> FetchAsync(string place, Func<FetchOptions, FetchOptions>? change = null)
    {
        using var fetcher = Fetcher(change);
        return await fetcher.FetchAsync(new PinnedFile(SourceUri.Parse(place.StartsWith('/') ? _server.Url(place) : place), s_pin), default, null, CancellationToken.None);
    }

    private Fetcher Fetcher(Func<FetchOptions, FetchOptions>? change)
    {
        var options = new FetchOptions { DownloadDirectory = _files.At("downloads"), Environment = HostEnvironment.Current, RetryDelay = TimeSpan.FromMilliseconds(5) };
        return new(change is null ? options : change(options), _blobs, []);
    }
}
