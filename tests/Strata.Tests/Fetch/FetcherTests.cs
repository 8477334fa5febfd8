using System.Net;
using System.Net.Sockets;
using System.Text;
using Strata.Cache;
using Strata.Core;
using Strata.Fetch;

namespace Strata.Tests.Fetch;

public sealed class FetcherTests : IAsyncDisposable
{
    private static readonly byte[] s_body = Encoding.ASCII.GetBytes(new string('x', 300_000));
    private static readonly Digest s_pin = Digest.Of(s_body);

    private readonly TemporaryDirectory _files = new();
    private readonly LyingServer _server = new();
    private readonly BlobStore _blobs;

    public FetcherTests() => _blobs = new(_files.At("blobs"));

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _files.Dispose();
    }

    [Fact]
    public async Task Upstream_is_asked_once_and_then_never_again()
    {
        _server.Serve("/a.tgz", s_body);
        using var fetcher = Fetcher();

        Assert.Equal(_server.Url("/a.tgz"), Assert.IsType<FetchOutcome.Fetched>(await FetchAsync(fetcher)).Place);
        Assert.IsType<FetchOutcome.Present>(await FetchAsync(fetcher));
        Assert.Equal(["/a.tgz"], _server.Requests);
        Assert.Equal(s_body, await File.ReadAllBytesAsync(_blobs.PathOf(s_pin)));
    }

    [Fact]
    public async Task Many_callers_share_one_download()
    {
        _server.Serve("/a.tgz", s_body);
        using var fetcher = Fetcher();

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => FetchAsync(fetcher)));

        Assert.Single(outcomes.OfType<FetchOutcome.Fetched>());
        Assert.Single(_server.Requests);
    }

    [Fact]
    public async Task A_lying_mirror_is_refused_and_the_next_place_is_tried()
    {
        _server.Serve("/lie/a.tgz", "<html>please log in</html>"u8.ToArray(), "text/html").Serve("/a.tgz", s_body);
        using var fetcher = Fetcher(premirrors: $"http://.*/.* {_server.Url("/lie/")}");

        var fetched = Assert.IsType<FetchOutcome.Fetched>(await FetchAsync(fetcher));

        Assert.Equal(_server.Url("/a.tgz"), fetched.Place);
        var refusal = Assert.Single(fetched.Refusals);
        Assert.True(refusal.IsWrongDigest);
        Assert.Contains($"expected {s_pin}", refusal.Reason, StringComparison.Ordinal);
        Assert.Contains("an HTML page", refusal.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_is_left_of_wrong_or_broken_bytes()
    {
        _server.Serve("/a.tgz", [1, 2, 3]).Say("/mirror/a.tgz", "HTTP/1.1 200 OK\r\nContent-Length: 300000\r\n\r\nxxx");
        using var fetcher = Fetcher(mirrors: $"http://.*/.* {_server.Url("/mirror/")}");

        Assert.IsType<FetchOutcome.Unavailable>(await FetchAsync(fetcher));
        Assert.Empty(Directory.Exists(_blobs.Root) ? Directory.EnumerateFiles(_blobs.Root, "*", SearchOption.AllDirectories) : []);
    }

    [Fact]
    public async Task A_broken_connection_is_tried_again()
    {
        var whole = Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nContent-Length: {s_body.Length}\r\nConnection: close\r\n\r\n");
        _server.Say("/a.tgz", [.. whole, .. s_body[..1000]], "HTTP/1.1 503 Busy\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"u8.ToArray(), [.. whole, .. s_body]);
        using var fetcher = Fetcher();

        Assert.IsType<FetchOutcome.Fetched>(await FetchAsync(fetcher));
        Assert.Equal(3, _server.Requests.Length);
    }

    [Fact]
    public async Task A_connection_that_is_reset_is_tried_again_and_then_given_up()
    {
        _server.Do("/a.tgz", async (stream, cancel) =>
        {
            await stream.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 300000\r\n\r\nxxx"u8.ToArray(), cancel);
            stream.Socket.LingerState = new(true, 0);
            stream.Socket.Close();
        });
        using var fetcher = Fetcher();

        Assert.Contains("broke off", Reason(await FetchAsync(fetcher)), StringComparison.Ordinal);
        Assert.Equal(3, _server.Requests.Length);
    }

    [Fact]
    public async Task A_blob_that_the_disk_has_changed_is_fetched_again()
    {
        _server.Serve("/a.tgz", s_body);
        using var fetcher = Fetcher();
        _ = await FetchAsync(fetcher);
        File.SetUnixFileMode(_blobs.PathOf(s_pin), UnixFileMode.UserRead | UnixFileMode.UserWrite);
        await File.AppendAllTextAsync(_blobs.PathOf(s_pin), "rust");

        Assert.IsType<FetchOutcome.Fetched>(await FetchAsync(fetcher));
        Assert.Null(_blobs.Verify(s_pin));
    }

    [Fact]
    public async Task A_clear_no_is_not_asked_again_and_the_error_lists_every_place()
    {
        using var fetcher = Fetcher(premirrors: $"http://.*/.* {_server.Url("/first/")} http://.*/.* {_files.At("dir")}", mirrors: $"http://.*/.* {_server.Url("/last/")}");

        var failed = Assert.IsType<FetchOutcome.Unavailable>(await FetchAsync(fetcher));

        Assert.Equal(["/first/a.tgz", "/a.tgz", "/last/a.tgz"], _server.Requests.Distinct());
        Assert.Equal("STR4020", failed.Problem.Rule.Code);
        Assert.Equal(
            [$"{_server.Url("/first/a.tgz")}: answered 404 Not Found", $"file://{_files.At("dir/a.tgz")}: no such file",
             $"{_server.Url("/a.tgz")}: answered 404 Not Found", $"{_server.Url("/last/a.tgz")}: answered 404 Not Found"],
            failed.Refusals.Select(r => $"{r.Place}: {r.Reason}"));
        Assert.All(failed.Refusals, r => Assert.Contains($"{r.Place}: {r.Reason}", failed.Problem.Message, StringComparison.Ordinal));
        Assert.Contains("PREMIRRORS", failed.Problem.Hint, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_redirect_is_followed_and_a_loop_of_them_is_not()
    {
        _server.Serve("/real", s_body);
        _server.Say("/a.tgz", $"HTTP/1.1 302 Found\r\nLocation: {_server.Url("/real")}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        _server.Say("/loop", $"HTTP/1.1 302 Found\r\nLocation: {_server.Url("/loop")}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        using var fetcher = Fetcher();

        var failed = Assert.IsType<FetchOutcome.Unavailable>(await FetchAsync(fetcher, "/loop"));
        Assert.Contains("redirects more than 10 times", Assert.Single(failed.Refusals).Reason, StringComparison.Ordinal);
        Assert.IsType<FetchOutcome.Fetched>(await FetchAsync(fetcher));
    }

    [Fact]
    public async Task An_endless_answer_is_cut_off()
    {
        var sent = 0L;
        _server.Do("/a.tgz", async (stream, cancel) =>
        {
            await stream.WriteAsync("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n"u8.ToArray(), cancel);
            for (; ; sent += s_body.Length) await stream.WriteAsync(s_body, cancel);
        });
        using var fetcher = Fetcher(options => options with { MaximumSize = 1_000_000 });

        var failed = Assert.IsType<FetchOutcome.Unavailable>(await FetchAsync(fetcher));

        Assert.Contains("sends more than the 1000000 bytes", Assert.Single(failed.Refusals).Reason, StringComparison.Ordinal);
        Assert.InRange(sent, 0, 50_000_000);
    }

    [Fact]
    public async Task A_silent_server_is_left_and_not_asked_again()
    {
        _server.Do("/a.tgz", (_, cancel) => Task.Delay(Timeout.Infinite, cancel)).Serve("/b.tgz", s_body);
        using var fetcher = Fetcher(options => options with { IdleTimeout = TimeSpan.FromMilliseconds(150), ConnectTimeout = TimeSpan.FromMilliseconds(100) });

        Assert.IsType<FetchOutcome.Unavailable>(await FetchAsync(fetcher));
        var second = Assert.IsType<FetchOutcome.Unavailable>(await FetchAsync(fetcher, "/b.tgz"));

        Assert.Equal(["/a.tgz"], _server.Requests);
        Assert.Contains("asked before", Assert.Single(second.Refusals).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_dead_host_is_asked_once_per_build()
    {
        var port = FreePort();
        using var fetcher = Fetcher();

        var first = await FetchAsync(fetcher, $"http://127.0.0.1:{port}/a.tgz");
        var second = await FetchAsync(fetcher, $"http://127.0.0.1:{port}/b.tgz");

        Assert.DoesNotContain("asked before", Reason(first), StringComparison.Ordinal);
        Assert.Contains("asked before", Reason(second), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_network_only_this_machine_is_asked_and_what_is_needed_is_listed()
    {
        _server.Serve("/a.tgz", s_body);
        using var fetcher = Fetcher(options => options with { NoNetwork = true }, premirrors: $"http://.*/.* {_files.At("dir")}");

        var needed = Assert.IsType<FetchOutcome.Unavailable>(await FetchAsync(fetcher));
        Assert.Equal("STR4021", needed.Problem.Rule.Code);
        Assert.Contains(s_pin.ToString(), needed.Problem.Message, StringComparison.Ordinal);

        _files.Write("dir/a.tgz", Encoding.ASCII.GetString(s_body));
        Assert.IsType<FetchOutcome.Fetched>(await FetchAsync(fetcher));
        Assert.Empty(_server.Requests);
    }

    [Fact]
    public async Task A_whole_plan_is_fetched_and_every_problem_is_known_at_the_end()
    {
        _server.Serve("/a.tgz", s_body);
        using var fetcher = Fetcher();
        var plan = new SourcePlan("hello", new("hello.bb", 1), [Source("/missing"), Source("/a.tgz"), Source("/gone", Digest.Of("other"))]);

        var outcomes = await fetcher.FetchAsync(plan, null, CancellationToken.None);

        Assert.IsType<FetchOutcome.Unavailable>(outcomes[2]);
        Assert.Equal("hello.bb:1", ((FetchOutcome.Unavailable)outcomes[2]).Problem.Place.ToString());
        Assert.Contains(outcomes, o => o is FetchOutcome.Fetched);
    }

    [Fact]
    public async Task Progress_counts_up_to_the_announced_size()
    {
        _server.Serve("/a.tgz", s_body);
        using var fetcher = Fetcher();
        var seen = new List<FetchProgress>();

        _ = await fetcher.FetchAsync(Source("/a.tgz"), default, seen.Add, CancellationToken.None);

        Assert.Equal(new FetchProgress("a.tgz", s_body.Length, s_body.Length), seen[^1]);
    }

    [Fact]
    public async Task A_cancelled_download_stops_at_once_and_leaves_nothing()
    {
        _server.Do("/a.tgz", (_, cancel) => Task.Delay(Timeout.Infinite, cancel));
        using var fetcher = Fetcher();
        using var stop = new CancellationTokenSource(TimeSpan.FromMilliseconds(100));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => fetcher.FetchAsync(Source("/a.tgz"), default, null, stop.Token));
        Assert.False(_blobs.Has(s_pin));
    }

    [Fact]
    public async Task Archives_are_asked_last_and_by_digest()
    {
        var archive = new RecordedArchive();
        using var fetcher = new Fetcher(Options(), _blobs, [archive]);

        var failed = Assert.IsType<FetchOutcome.Unavailable>(await FetchAsync(fetcher));

        Assert.Equal([s_pin], archive.Asked);
        Assert.Equal(["answered 404 Not Found", "knows nothing"], failed.Refusals.Select(r => r.Reason));
    }

    private static string Reason(FetchOutcome outcome) => Assert.Single(Assert.IsType<FetchOutcome.Unavailable>(outcome).Refusals).Reason;

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private Task<FetchOutcome> FetchAsync(Fetcher fetcher, string place = "/a.tgz") => fetcher.FetchAsync(Source(place), default, null, CancellationToken.None);

    private PinnedFile Source(string place, Digest? pin = null) => new(SourceUri.Parse(place.StartsWith('/') ? _server.Url(place) : place), pin ?? s_pin);

    private FetchOptions Options() => new() { DownloadDirectory = _files.At("downloads"), Environment = HostEnvironment.Current, RetryDelay = TimeSpan.FromMilliseconds(5) };

    private Fetcher Fetcher(Func<FetchOptions, FetchOptions>? change = null, string premirrors = "", string mirrors = "")
    {
        var options = Options() with { Premirrors = Parse(premirrors), Mirrors = Parse(mirrors) };
        return new(change is null ? options : change(options), _blobs, []);
    }

    private static MirrorList Parse(string text) => MirrorList.TryParse(text, out var list, out var problem) ? list : throw new FormatException(problem);

    private sealed class RecordedArchive : IDigestArchive
    {
        public List<Digest> Asked { get; } = [];

        public Task<ArchiveAnswer> FetchAsync(Digest pin, string what, BlobStore blobs, Action<FetchProgress>? progress, CancellationToken cancel)
        {
            Asked.Add(pin);
            return Task.FromResult(new ArchiveAnswer(null, [new("archive", "knows nothing")]));
        }
    }
}
