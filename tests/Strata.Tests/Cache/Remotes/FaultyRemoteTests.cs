using System.Net.Sockets;
using System.Text;
using Strata.Core;

namespace Strata.Tests.Cache.Remotes;

/// <summary>Remotes that lie, hang, break off, fail or are full: they cost their timeout and one warning, and nothing else.</summary>
public sealed class FaultyRemoteTests : IDisposable
{
    private readonly SharingStores _machines = new();
    private readonly string _root;

    public FaultyRemoteTests() => _root = Directory.CreateDirectory(_machines.Directory["shared"]).FullName;

    public static TheoryData<string, string> ReadFaults => new()
    {
        { "records that are none", "STR8013" },
        { "records without end", "STR8013" },
        { "another archive", "STR8013" },
        { "a cut archive", "STR8013" },
        { "an archive without end", "STR8013" },
        { "no archive", "STR8013" },
        { "an archive that never comes", "STR8011" },
        { "an archive that drips", "STR8011" },
        { "a connection that breaks", "" },
        { "server errors", "" },
        { "forbidden", "STR8011" },
        { "no HTTP", "" },
        { "silence", "STR8011" },
    };

    [Theory]
    [MemberData(nameof(ReadFaults))]
    public async Task Nothing_wrong_gets_into_the_store_and_the_next_remote_helps(string fault, string atOnce)
    {
        _machines.Use($"file://{_root};rw");
        var artifact = await _machines.MakeAsync("a", new string('x', 100_000));
        await using var server = new FaultyServer(_root);
        server.Fault = (request, stream, cancel) => MisbehaveAsync(fault, server, request, stream, cancel);

        _machines.Use(server.Url);
        await using (var remotes = _machines.Open("b"))
        {
            Assert.Null(await remotes.RestoreAsync(Digest.Of("key"), TestContext.Current.CancellationToken));
            Assert.Equal(atOnce.Length == 0 ? [] : [atOnce], _machines.Diagnostics);
            for (var i = 0; i < 5; i++) Assert.Null(await remotes.RestoreAsync(Digest.Of("key"), TestContext.Current.CancellationToken));
        }
        Assert.Single(_machines.Diagnostics);
        Assert.InRange(server.Requests.Length, 1, 6);
        Assert.Empty(_machines.Store("b").List());
        Assert.Empty(Directory.GetFileSystemEntries(_machines.Directory["b"]).Where(p => p.EndsWith("incoming", StringComparison.Ordinal)).SelectMany(Directory.GetFileSystemEntries));

        _machines.Use(server.Url, $"file://{_root}");
        Assert.Equal(artifact, await _machines.RestoreAsync("b"));
    }

    [Fact]
    public async Task A_silent_remote_is_waited_for_once_however_many_ask()
    {
        await using var server = new FaultyServer(_root);
        server.Fault = (_, _, cancel) => FaultyServer.Silence(cancel);
        _machines.Use(server.Url);
        await using var remotes = _machines.Open("a");

        var started = Clock.Ticks;
        await Task.WhenAll(Enumerable.Range(0, 200).Select(i => remotes.RestoreAsync(Digest.Of($"{i}"), TestContext.Current.CancellationToken)));

        Assert.InRange(server.Requests.Length, 1, 16);
        Assert.True(Clock.Since(started) < 5 * _machines.Options.Timeout, $"it took {Clock.Since(started)}");
        Assert.Equal(["STR8011"], _machines.Diagnostics);
    }

    [Fact]
    public async Task A_dead_remote_is_warned_about_once()
    {
        _machines.Use($"http://127.0.0.1:{RemoteServer.FreePort()}/;rw");

        await _machines.MakeAsync("a", "hello");
        Assert.Equal(["STR8012"], _machines.Diagnostics);

        await using var remotes = _machines.Open("b");
        for (var i = 0; i < 3; i++) Assert.Null(await remotes.RestoreAsync(Digest.Of("key"), TestContext.Current.CancellationToken));
        Assert.Equal(["STR8012", "STR8011"], _machines.Diagnostics);
    }

    [Theory]
    [InlineData("507 Insufficient Storage", 1)]
    [InlineData("403 Forbidden", 1)]
    [InlineData("413 Content Too Large", 1)]
    [InlineData("500 Internal Server Error", 4)]
    public async Task A_remote_that_takes_nothing_is_not_bothered_again_and_still_read(string status, int attempts)
    {
        _machines.Use($"file://{_root};rw");
        var artifact = await _machines.MakeAsync("a", "hello");
        await using var server = new FaultyServer(_root);
        server.Fault = async (request, stream, _) =>
        {
            if (request.Method is "PUT") await FaultyServer.AnswerAsync(stream, status);
            return request.Method is "PUT";
        };
        _machines.Use($"{server.Url};rw");

        await _machines.MakeAsync("b", "more", "more");
        await using var remotes = _machines.Open("c");
        Assert.Equal(artifact, await remotes.RestoreAsync(Digest.Of("key"), TestContext.Current.CancellationToken));

        Assert.Equal(["STR8012"], _machines.Diagnostics);
        Assert.Equal(attempts, server.Requests.Count(r => r.StartsWith("PUT", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task An_upload_that_fails_in_passing_is_tried_again_and_goes_on_where_it_was()
    {
        await using var server = new FaultyServer(_root);
        var puts = 0;
        server.Fault = async (request, stream, _) =>
        {
            // The archive arrives at the second attempt, the first record at the second of its own.
            if (request.Method is not "PUT" || Interlocked.Increment(ref puts) is 2 or > 3) return false;
            await FaultyServer.AnswerAsync(stream, "503 Service Unavailable");
            return true;
        };
        _machines.Use($"{server.Url};rw");

        var artifact = await _machines.MakeAsync("a", "hello");

        Assert.Empty(_machines.Diagnostics);
        Assert.Equal(2, server.Requests.Count(r => r.StartsWith("PUT /archives/", StringComparison.Ordinal)));
        Assert.Equal(artifact, await _machines.RestoreAsync("b"));
    }

    [Fact]
    public async Task Damaged_records_are_replaced_by_who_builds_it()
    {
        _machines.Use($"file://{_root};rw");
        var artifact = await _machines.MakeAsync("a", "hello");
        foreach (var record in Directory.GetFiles(Path.Combine(_root, "keys"), "*", SearchOption.AllDirectories)) File.WriteAllText(record, "\u001b[31m{}\n");

        Assert.Null(await _machines.RestoreAsync("b"));
        await _machines.MakeAsync("c", "hello");

        Assert.Equal(artifact, await _machines.RestoreAsync("b"));
        Assert.Equal(["STR8013"], _machines.Diagnostics);
    }

    [Fact]
    public async Task A_cancelled_build_does_not_wait_for_its_uploads()
    {
        await using var server = new FaultyServer(_root);
        server.Fault = (_, _, cancel) => FaultyServer.Silence(cancel);
        _machines.Options = _machines.Options with { Timeout = TimeSpan.FromMinutes(5) };
        _machines.Use($"{server.Url};rw");
        var store = _machines.Store("a");
        var artifact = store.Add(_machines.Directory.Tree("work"));
        await using var remotes = _machines.Open("a");
        remotes.Offer("greet:do_install", artifact, () => null, Digest.Of("key"));

        await remotes.FinishAsync(new(canceled: true)).WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);

        Assert.Empty(_machines.Diagnostics);
    }

    [Fact]
    public async Task A_password_is_not_taken_to_another_server()
    {
        await using var elsewhere = new FaultyServer(_root);
        await using var server = new FaultyServer(_root);
        server.Fault = async (request, stream, cancel) =>
        {
            var answer = request.Head.Contains("Authorization", StringComparison.Ordinal)
                ? $"HTTP/1.1 307 Elsewhere\r\nLocation: {elsewhere.Url.TrimEnd('/')}{request.Path}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
                : "HTTP/1.1 401 Who are you\r\nWWW-Authenticate: Basic realm=cache\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
            await stream.WriteAsync(Encoding.ASCII.GetBytes(answer), cancel);
            return true;
        };
        var heads = new List<string>();
        elsewhere.Fault = (request, _, _) =>
        {
            heads.Add(request.Head);
            return Task.FromResult(false);
        };
        _machines.Options = _machines.Options with
        {
            Environment = _machines.Options.Environment.Add("STRATA_REMOTE_AUTH", $"{new Uri(server.Url).Authority}=builder:s3cret"),
        };
        _machines.Use($"file://{_root};rw");
        var artifact = await _machines.MakeAsync("a", "hello");
        _machines.Use(server.Url);

        Assert.Equal(artifact, await _machines.RestoreAsync("b"));
        Assert.NotEmpty(heads);
        Assert.All(heads, h => Assert.DoesNotContain("Authorization", h, StringComparison.OrdinalIgnoreCase));
    }

    public void Dispose() => _machines.Dispose();

    private static async Task<bool> MisbehaveAsync(string fault, FaultyServer server, FaultyServer.Request request, NetworkStream stream, CancellationToken cancel)
    {
        var isArchive = request.Path.StartsWith("/archives", StringComparison.Ordinal);
        if (isArchive != fault.Contains("archive", StringComparison.Ordinal)) return false;
        var body = server.FileOf(request.Path) ?? [];
        switch (fault)
        {
            case "records that are none":
                await FaultyServer.AnswerAsync(stream, "200 OK", "<html>Please log in</html>\n"u8.ToArray());
                break;
            case "another archive":
                await FaultyServer.AnswerAsync(stream, "200 OK", [.. body[..^1], (byte)(body[^1] ^ 1)]);
                break;
            case "a cut archive":
                await FaultyServer.AnswerAsync(stream, "200 OK", body[..(body.Length / 2)]);
                break;
            case "no archive":
                await FaultyServer.AnswerAsync(stream, "404 Not Found");
                break;
            case "records without end" or "an archive without end":
                await stream.WriteAsync("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n"u8.ToArray(), cancel);
                while (true) await stream.WriteAsync(new byte[4096], cancel);
            case "an archive that drips":
                await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nContent-Length: {body.Length}\r\n\r\n"), cancel);
                foreach (var one in body)
                {
                    await stream.WriteAsync((byte[])[one], cancel);
                    await Task.Delay(100, cancel);
                }
                break;
            case "a connection that breaks":
                await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nContent-Length: {body.Length}\r\n\r\n"), cancel);
                await stream.WriteAsync(body.AsMemory(0, body.Length / 2), cancel);
                break;
            case "server errors":
                await FaultyServer.AnswerAsync(stream, "500 Internal Server Error", "oops"u8.ToArray());
                break;
            case "forbidden":
                await FaultyServer.AnswerAsync(stream, "403 Forbidden");
                break;
            case "no HTTP":
                await stream.WriteAsync("220 mail.example ESMTP\r\n"u8.ToArray(), cancel);
                break;
            default:
                return await FaultyServer.Silence(cancel);
        }
        return true;
    }
}
