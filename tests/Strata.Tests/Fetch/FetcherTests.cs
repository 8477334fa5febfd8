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
    private static readonly SourceSecrets s_passwords = new(Passwords: true, Keys: false);

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

    [Fact]
    public async Task A_broken_download_goes_on_where_it_broke_off()
    {
        var first = Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nETag: \"one\"\r\nContent-Length: {s_body.Length}\r\nConnection: close\r\n\r\n");
        var rest = Encoding.ASCII.GetBytes($"HTTP/1.1 206 Partial\r\nETag: \"one\"\r\nContent-Range: bytes 1000-{s_body.Length - 1}/{s_body.Length}\r\nContent-Length: {s_body.Length - 1000}\r\nConnection: close\r\n\r\n");
        _server.Say("/a.tgz", [.. first, .. s_body[..1000]], [.. rest, .. s_body[1000..]]);
        using var fetcher = Fetcher();

        Assert.IsType<FetchOutcome.Fetched>(await FetchAsync(fetcher));
        Assert.Contains("Range: bytes=1000-", _server.Headers[1], StringComparison.Ordinal);
        Assert.Contains("If-Range: \"one\"", _server.Headers[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_changed_in_between_is_begun_again()
    {
        var first = Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nETag: \"one\"\r\nContent-Length: {s_body.Length}\r\nConnection: close\r\n\r\n");
        var whole = Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nETag: \"two\"\r\nContent-Length: {s_body.Length}\r\nConnection: close\r\n\r\n");
        _server.Say("/a.tgz", [.. first, .. new byte[1000]], [.. whole, .. s_body]);
        using var fetcher = Fetcher();

        Assert.IsType<FetchOutcome.Fetched>(await FetchAsync(fetcher));
    }

    [Fact]
    public async Task A_server_that_does_not_know_ranges_sends_it_all_again()
    {
        var head = Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nETag: \"one\"\r\nContent-Length: {s_body.Length}\r\nConnection: close\r\n\r\n");
        _server.Say("/a.tgz", [.. head, .. s_body[..1000]], [.. head, .. s_body]);
        using var fetcher = Fetcher();

        Assert.IsType<FetchOutcome.Fetched>(await FetchAsync(fetcher));
        Assert.Equal(2, _server.Requests.Length);
    }

    [Fact]
    public async Task A_part_that_does_not_fit_is_not_used()
    {
        var first = Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nETag: \"one\"\r\nContent-Length: {s_body.Length}\r\nConnection: close\r\n\r\n");
        var wrong = Encoding.ASCII.GetBytes($"HTTP/1.1 206 Partial\r\nETag: \"one\"\r\nContent-Range: bytes 500-{s_body.Length - 1}/{s_body.Length}\r\nContent-Length: {s_body.Length - 500}\r\nConnection: close\r\n\r\n");
        _server.Say("/a.tgz", [.. first, .. s_body[..1000]], [.. wrong, .. s_body[500..]]);
        using var fetcher = Fetcher();

        Assert.Contains("sent other bytes", Reason(await FetchAsync(fetcher)), StringComparison.Ordinal);
        Assert.False(_blobs.Has(s_pin));
    }

    [Fact]
    public async Task A_busy_server_is_asked_again_when_it_says()
    {
        _server.Say("/a.tgz", "HTTP/1.1 503 Busy\r\nRetry-After: 0\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"u8.ToArray(),
            [.. Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nContent-Length: {s_body.Length}\r\nConnection: close\r\n\r\n"), .. s_body]);
        using var fetcher = Fetcher(options => options with { RetryDelay = TimeSpan.FromHours(1) });

        Assert.IsType<FetchOutcome.Fetched>(await FetchAsync(fetcher));
    }

    [Fact]
    public async Task A_server_that_wants_too_much_patience_is_left()
    {
        _server.Say("/a.tgz", "HTTP/1.1 429 Too Many\r\nRetry-After: 3600\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        using var fetcher = Fetcher();

        Assert.Equal("answered 429 Too Many, and wants to be asked again only in 3600 s", Reason(await FetchAsync(fetcher)));
        Assert.Single(_server.Requests);
    }

    [Fact]
    public async Task A_redirect_to_a_file_of_this_machine_is_not_followed()
    {
        _server.Say("/a.tgz", $"HTTP/1.1 302 Found\r\nLocation: file://{_files.Write("a.tgz", "x")}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        using var fetcher = Fetcher();

        Assert.Equal("redirects to file://, which is refused", Reason(await FetchAsync(fetcher)));
    }

    [Fact]
    public async Task A_server_that_wants_a_password_gets_what_gits_helpers_know()
    {
        _server.Do("/a.tgz", async (stream, cancel) =>
        {
            var allowed = _server.Headers[^1].Contains("Authorization: Basic " + Convert.ToBase64String("me:secret"u8), StringComparison.Ordinal);
            await stream.WriteAsync(allowed
                ? [.. Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nContent-Length: {s_body.Length}\r\nConnection: close\r\n\r\n"), .. s_body]
                : "HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: Basic realm=\"x\"\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"u8.ToArray(), cancel);
        });
        var helper = HostEnvironment.Current.SetItem("GIT_CONFIG_COUNT", "1").SetItem("GIT_CONFIG_KEY_0", "credential.helper")
            .SetItem("GIT_CONFIG_VALUE_0", "!f() { test \"$1\" = get && echo username=me && echo password=secret; }; f");
        using var knowing = Fetcher(options => options with { Environment = helper });
        using var ignorant = Fetcher(options => options with { Environment = HostEnvironment.Current.SetItem("GIT_CONFIG_GLOBAL", "/dev/null") });

        var undeclared = Assert.IsType<FetchOutcome.Unavailable>(await FetchAsync(knowing));
        Assert.Contains("do_fetch[secrets] = \"netrc\"", undeclared.Problem.Hint, StringComparison.Ordinal);
        Assert.Contains("401", Reason(await FetchAsync(ignorant, Source("/a.tgz") with { Secrets = s_passwords })), StringComparison.Ordinal);
        Assert.IsType<FetchOutcome.Fetched>(await FetchAsync(knowing, Source("/a.tgz") with { Secrets = s_passwords }));
        Assert.Equal(4, _server.Requests.Length);
    }

    [Fact]
    public async Task A_server_that_drips_is_left()
    {
        _server.Do("/a.tgz", async (stream, cancel) =>
        {
            await stream.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 300000\r\n\r\n"u8.ToArray(), cancel);
            for (; ; await Task.Delay(20, cancel)) await stream.WriteAsync("x"u8.ToArray(), cancel);
        });
        using var fetcher = Fetcher(options => options with { SlowWindow = TimeSpan.FromMilliseconds(300), SlowestBytes = 10_000 });

        Assert.Matches("sent only [0-9]+ bytes in 0.3 s", Reason(await FetchAsync(fetcher)));
    }

    [Fact]
    public async Task Passwords_come_from_netrc_and_do_not_follow_a_redirect_to_another_server()
    {
        await using var other = new LyingServer();
        other.Serve("/real", s_body);
        var elsewhere = other.Url("/real").Replace("127.0.0.1", "localhost", StringComparison.Ordinal);
        _server.Say("/a.tgz", $"HTTP/1.1 302 Found\r\nLocation: {elsewhere}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        var netrc = _files.Write("netrc", "machine 127.0.0.1\n  login me password secret\ndefault login x password y\n");
        using var fetcher = Fetcher(options => options with { Environment = options.Environment.SetItem("NETRC", netrc) });

        Assert.IsType<FetchOutcome.Fetched>(await FetchAsync(fetcher));
        Assert.DoesNotContain("Authorization", _server.Headers[0], StringComparison.Ordinal);     // nobody has declared that they may be used
        Assert.True(_blobs.Remove(s_pin));
        Assert.IsType<FetchOutcome.Fetched>(await FetchAsync(fetcher, Source("/a.tgz") with { Secrets = s_passwords }));

        Assert.Contains("Authorization: Basic " + Convert.ToBase64String("me:secret"u8), _server.Headers[1], StringComparison.Ordinal);
        Assert.All(other.Headers, h => Assert.DoesNotContain("Authorization", h, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_proxy_of_the_environment_is_used_except_for_those_it_is_not_for()
    {
        _server.Serve("http://files.example.org/a.tgz", s_body);
        using var fetcher = Fetcher(options => options with { Environment = options.Environment.SetItem("http_proxy", _server.Url("")).SetItem("no_proxy", "127.0.0.1,.local") });

        Assert.IsType<FetchOutcome.Fetched>(await FetchAsync(fetcher, "http://files.example.org/a.tgz"));
        _ = await fetcher.FetchAsync(Source("/b.tgz", Digest.Of("b")), default, null, CancellationToken.None);

        Assert.Equal("/b.tgz", _server.Requests[^1]);
    }

    [Theory]
    [InlineData("127.0.0.1", true)]
    [InlineData("*.example.org localhost", false)]
    public async Task Only_allowed_networks_are_asked(string allowed, bool asked)
    {
        _server.Serve("/a.tgz", s_body);
        using var fetcher = Fetcher(options => options with { AllowedNetworks = [.. allowed.Split(' ')] });

        Assert.Equal(asked, await FetchAsync(fetcher) is FetchOutcome.Fetched);
        Assert.Equal(asked ? 1 : 0, _server.Requests.Length);
    }

    [Theory]
    [InlineData("example.org", true)]
    [InlineData("Git.Example.org:8080", true)]
    [InlineData("badexample.org", false)]
    public void A_star_allows_a_name_and_all_below_it(string host, bool allowed) =>
        Assert.Equal(allowed, (Options() with { AllowedNetworks = ["*.example.org"] }).Allows(host));

    [Fact]
    public async Task A_redirect_out_of_the_allowed_networks_is_not_followed()
    {
        _server.Say("/a.tgz", "HTTP/1.1 302 Found\r\nLocation: http://elsewhere.example.org/\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        using var fetcher = Fetcher(options => options with { AllowedNetworks = ["127.0.0.1"] });

        Assert.Contains("redirects to elsewhere.example.org", Reason(await FetchAsync(fetcher)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_builds_on_one_download_directory_download_once()
    {
        _server.Do("/a.tgz", async (stream, cancel) =>
        {
            await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nContent-Length: {s_body.Length}\r\nConnection: close\r\n\r\n"), cancel);
            await Task.Delay(200, cancel);
            await stream.WriteAsync(s_body, cancel);
        });
        using var one = Fetcher();
        using var other = Fetcher();

        var outcomes = await Task.WhenAll(FetchAsync(one), FetchAsync(other));

        Assert.Single(outcomes.OfType<FetchOutcome.Present>());
        Assert.Single(_server.Requests);
    }

    [Fact]
    public async Task Files_come_over_ftp_and_nothing_is_left_of_wrong_ones()
    {
        await using var ftp = new FtpServer("a.tgz", s_body);
        using var fetcher = Fetcher();

        Assert.Contains("other bytes", Reason(await fetcher.FetchAsync(new PinnedFile(SourceUri.Parse(ftp.Url("dir/a.tgz")), Digest.Of("other")), default, null, CancellationToken.None)), StringComparison.Ordinal);
        Assert.Contains("curl: (", Reason(await FetchAsync(fetcher, ftp.Url("dir/b.tgz"))), StringComparison.Ordinal);
        Assert.IsType<FetchOutcome.Fetched>(await FetchAsync(fetcher, ftp.Url("dir/a.tgz")));
        Assert.Empty(Directory.EnumerateFiles(_files.At("downloads/incoming")));
    }

    [Fact]
    public async Task With_premirrors_only_neither_upstream_nor_archives_are_asked()
    {
        _server.Serve("/a.tgz", s_body);
        var archive = new RecordedArchive();
        using var fetcher = new Fetcher(Options() with { PremirrorsOnly = true, Premirrors = Parse($"http://.*/.* {_server.Url("/first/")}") }, _blobs, [archive]);

        Assert.IsType<FetchOutcome.Unavailable>(await FetchAsync(fetcher));
        Assert.Equal(["/first/a.tgz"], _server.Requests);
        Assert.Empty(archive.Asked);
    }

    [Fact]
    public async Task Software_Heritage_is_asked_by_content()
    {
        var path = $"/api/1/content/sha256:{s_pin.Hex}/raw/";
        _server.Serve(path, s_body);
        using var heritage = new SoftwareHeritage(_server.Url(""), Options());
        using var fetcher = new Fetcher(Options(), _blobs, [heritage]);

        Assert.Equal(_server.Url(path), Assert.IsType<FetchOutcome.Fetched>(await FetchAsync(fetcher)).Place);
    }

    [Fact]
    public async Task What_would_pin_a_file_is_found_by_fetching_it()
    {
        _server.Serve("/a.tgz", s_body);
        using var fetcher = Fetcher();

        Assert.Equal(s_pin.Hex, await fetcher.FindPinAsync(new(SourceUri.Parse(_server.Url("/a.tgz")), "SRC_URI[sha256sum]", ""), default, CancellationToken.None));
        var problem = await Assert.ThrowsAsync<SourceException>(() => fetcher.FindPinAsync(new(SourceUri.Parse(_server.Url("/b.tgz")), "SRC_URI[sha256sum]", ""), default, CancellationToken.None));
        Assert.Equal("STR4022", problem.Problem.Rule.Code);
    }

    [Fact]
    public async Task An_offline_mirror_serves_builds_without_a_network()
    {
        _server.Serve("/a.tgz", s_body);
        using var fetcher = Fetcher();
        _ = await FetchAsync(fetcher);
        var plan = new SourcePlan("hello", default, [Source("/a.tgz")]);
        Assert.Empty(await new OfflineMirror(_files.At("mirror"), fetcher, _blobs).AddAsync([plan], CancellationToken.None));
        Assert.True(_blobs.Remove(s_pin));

        using var offline = Fetcher(options => options with { NoNetwork = true }, premirrors: OfflineMirror.Rules(_files.At("mirror")));

        Assert.IsType<FetchOutcome.Fetched>(await FetchAsync(offline));
        Assert.Single(_server.Requests);
    }

    [Fact]
    public async Task A_mirror_cannot_hold_two_files_of_one_name()
    {
        using var fetcher = Fetcher();
        var plans = new[] { new SourcePlan("a", default, [Source("/a.tgz")]), new SourcePlan("b", default, [Source("/x/a.tgz", Digest.Of("other"))]) };

        var problem = Assert.Single(await new OfflineMirror(_files.At("mirror"), fetcher, _blobs).AddAsync(plans, CancellationToken.None));

        Assert.Equal("STR4023", problem.Rule.Code);
        Assert.Contains("a and b", problem.Message, StringComparison.Ordinal);
    }

    private static string Reason(FetchOutcome outcome) => Assert.Single(Assert.IsType<FetchOutcome.Unavailable>(outcome).Refusals).Reason;

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private Task<FetchOutcome> FetchAsync(Fetcher fetcher, string place = "/a.tgz") => fetcher.FetchAsync(Source(place), default, null, CancellationToken.None);

    private static Task<FetchOutcome> FetchAsync(Fetcher fetcher, PinnedFile source) => fetcher.FetchAsync(source, default, null, CancellationToken.None);

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
