using Strata.Cache;
using Strata.Core;

namespace Strata.Tests.Cache.Remotes;

/// <summary>Uploads that are interrupted, within a blob and between them, against real servers.</summary>
public sealed class BrokenUploadTests : IDisposable
{
    private const int Megabyte = 1 << 20;

    private readonly SharingStores _machines = new();

    public BrokenUploadTests() => _machines.Options = _machines.Options with { Timeout = TimeSpan.FromSeconds(30) };

    public void Dispose() => _machines.Dispose();

    /// <summary>docker-registry goes on after the pieces that it has; it gives up an upload of which it got a part of a piece.</summary>
    [Theory]
    [InlineData("before a piece", 0)]
    [InlineData("in a piece", 15)]
    public async Task A_registry_gets_what_it_does_not_have_after_the_connection_broke(string moment, int lost)
    {
        await using var server = await RemoteServer.RegistryAsync(_machines.Directory);
        await using var proxy = new CuttingProxy(server.Port, (bytes, text) => moment == "in a piece"
            ? bytes >= 15 * Megabyte
            : bytes > BlobUpload.PieceSize && text.StartsWith("PATCH ", StringComparison.Ordinal));
        _machines.Use($"oci://127.0.0.1:{proxy.Port}/team/cache;rw");

        var artifact = await _machines.MakeAsync("a", Incompressible());

        Assert.True(_machines.Diagnostics is [], _machines.Output);
        var size = Directory.GetFiles(_machines.Directory["registry"], "data", SearchOption.AllDirectories).Max(f => new FileInfo(f).Length);
        Assert.InRange(size, 20 * Megabyte, 30 * Megabyte);
        Assert.True(proxy.HasCut);
        Assert.InRange(proxy.Received, size, size + ((lost + 1) * Megabyte));
        Assert.Equal(artifact, await _machines.RestoreAsync("b"));
    }

    /// <summary>As the distribution specification has it: what arrived of a broken piece counts.</summary>
    [Fact]
    public async Task A_registry_that_keeps_a_part_of_a_piece_gets_the_rest_of_it()
    {
        var (stored, received, finished) = (new MemoryStream(), 0L, "");
        await using var server = new FaultyServer(_machines.Directory.Path);
        server.Fault = async (request, stream, cancel) =>
        {
            var body = new byte[request.Length];
            var kept = request.Method is "PATCH" && received == 0 ? 3 * Megabyte : body.Length;
            await stream.ReadExactlyAsync(body.AsMemory(0, kept), cancel);
            received += kept;
            stored.Write(body.AsSpan(0, kept));
            if (kept < body.Length) return true;                    // the connection ends without an answer
            if (request.Method is "PUT") finished = request.Path;
            await FaultyServer.AnswerAsync(stream, request.Method switch
            {
                "POST" => $"202 Accepted\r\nLocation: {server.Url}upload",
                "PATCH" => $"202 Accepted\r\nLocation: {server.Url}upload",
                "GET" => $"204 No Content\r\nLocation: {server.Url}upload\r\nRange: 0-{stored.Length - 1}",
                "PUT" => "201 Created",
                _ => "404 Not Found",
            });
            return true;
        };
        var bytes = new byte[20 * Megabyte];
        new Random(2).NextBytes(bytes);
        using var client = HttpExchange.Client(TimeSpan.FromSeconds(30));
        var http = new HttpExchange(client, new($"{server.Url}v2/app/"), (_, _) => Task.FromResult<System.Net.Http.Headers.AuthenticationHeaderValue?>(null));

        var session = await BlobUpload.BeginAsync(http, TestContext.Current.CancellationToken);
        await new BlobUpload(http, Digest.Of(bytes), bytes.Length, session).SendAsync(new MemoryStream(bytes), TestContext.Current.CancellationToken);

        Assert.Equal(bytes.Length, received);
        Assert.Equal(Digest.Of(bytes), Digest.Of(stored.ToArray()));
        Assert.Contains($"digest={Digest.Of(bytes)}", Uri.UnescapeDataString(finished), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(18)]
    public async Task A_web_server_gets_all_of_it_again_because_it_keeps_nothing_of_a_broken_PUT(int megabytes)
    {
        await using var server = await RemoteServer.NginxAsync(_machines.Directory);
        await using var proxy = new CuttingProxy(server.Port, (bytes, _) => bytes >= megabytes * Megabyte);
        _machines.Use($"http://127.0.0.1:{proxy.Port}/;rw");

        var artifact = await _machines.MakeAsync("a", Incompressible());

        Assert.Empty(_machines.Diagnostics);
        Assert.True(proxy.HasCut);
        var archive = new FileInfo(Assert.Single(SharingStores.Archives(_machines.Directory["www"]))).Length;
        Assert.InRange(proxy.Received, archive, archive + ((megabytes + 1) * Megabyte));
        Assert.Equal(artifact, await _machines.RestoreAsync("b"));
    }

    [Fact]
    public async Task A_copy_into_a_directory_that_was_killed_is_made_again_and_nothing_half_is_seen()
    {
        var root = Directory.CreateDirectory(_machines.Directory["shared"]).FullName;
        _machines.Use($"file://{root};rw");
        var artifact = await _machines.MakeAsync("a", "hello");
        var archive = Assert.Single(SharingStores.Archives(root));
        File.Move(archive, archive + ".killed-1.tmp");           // as a copy that was killed before its renaming

        Assert.Null(await _machines.RestoreAsync("b"));
        await _machines.MakeAsync("c", "hello");

        Assert.Equal(artifact, await _machines.RestoreAsync("d"));
    }

    [Fact]
    public async Task What_a_build_was_ended_with_is_sent_by_the_next_one_and_only_once()
    {
        await using var server = new FaultyServer(Directory.CreateDirectory(_machines.Directory["shared"]).FullName);
        server.Fault = (_, _, cancel) => FaultyServer.Silence(cancel);
        _machines.Use($"{server.Url};rw");
        var store = _machines.Store("a");
        Digest[] made = [store.Add(_machines.Directory.Tree("work-1", "one")), store.Add(_machines.Directory.Tree("work-2", "two"))];
        await using (var interrupted = _machines.Open("a"))
        {
            for (var i = 0; i < made.Length; i++) interrupted.Offer($"greet{i}:do_install", made[i], () => null, Digest.Of($"key {i}"));
            await interrupted.FinishAsync(new(canceled: true));
        }

        server.Fault = (_, _, _) => Task.FromResult(false);
        var asked = new List<string>();
        Assert.True(await ContinueAsync(asked));

        Assert.Equal(["greet0:do_install", "greet1:do_install"], asked.Order(StringComparer.Ordinal));
        for (var i = 0; i < made.Length; i++) Assert.Equal(made[i], await _machines.RestoreAsync("b", $"key {i}"));
        var requests = server.Requests.Length;
        Assert.True(await ContinueAsync(asked));
        Assert.Equal(requests, server.Requests.Length);
        Assert.Empty(_machines.Diagnostics);
    }

    [Theory]
    [InlineData("")]
    [InlineData("greet:do_install\nsha256:x\nend")]
    public async Task A_damaged_note_about_an_upload_is_forgotten(string text)
    {
        await using var server = new FaultyServer(Directory.CreateDirectory(_machines.Directory["shared"]).FullName);
        _machines.Use($"{server.Url};rw");
        var note = _machines.Directory.Write($"a/unsent/{Digest.Of(server.Url.TrimEnd('/')).Hex}/{Digest.Of("note").Hex}", text);

        Assert.True(await ContinueAsync([]));

        Assert.False(File.Exists(note));
        Assert.Empty(server.Requests);
    }

    private async Task<bool> ContinueAsync(List<string> asked)
    {
        await using var remotes = _machines.Open("a");
        remotes.Continue((task, _) =>
        {
            lock (asked) asked.Add(task);
            return null;
        });
        return await remotes.FinishAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Six bits in each byte are of no use to any compressor: about 22 MB remain.</summary>
    private static string Incompressible()
    {
        var bytes = new byte[22 * Megabyte];
        new Random(1).NextBytes(bytes);
        return Convert.ToBase64String(bytes);
    }
}
