using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Strata.Tests.Cache.Remotes;

/// <summary>A web server on loopback that shows and fills a directory, and misbehaves exactly as a test wants.</summary>
internal sealed class FaultyServer : IAsyncDisposable
{
    private readonly ConcurrentQueue<string> _requests = new();
    private readonly string _root;
    private readonly AcceptLoop _loop;

    public FaultyServer(string root)
    {
        _root = root;
        _loop = new(ServeAsync);
    }

    /// <summary>Answers in place of the server; false when the server shall.</summary>
    public Func<Request, NetworkStream, CancellationToken, Task<bool>> Fault { get; set; } = (_, _, _) => Task.FromResult(false);

    public string Url => $"http://127.0.0.1:{_loop.Port}/";

    /// <summary>Method and path of each, in order.</summary>
    public string[] Requests => [.. _requests];

    public static Task AnswerAsync(NetworkStream stream, string status, byte[]? body = null) =>
        stream.WriteAsync((byte[])[.. Encoding.ASCII.GetBytes($"HTTP/1.1 {status}\r\nContent-Length: {body?.Length ?? 0}\r\nConnection: close\r\n\r\n"), .. body ?? []]).AsTask();

    /// <summary>Reads nothing, says nothing, until the test is over.</summary>
    public static async Task<bool> Silence(CancellationToken cancel)
    {
        await Task.Delay(Timeout.Infinite, cancel);
        return true;
    }

    /// <summary>What follows a question mark is for servers that think.</summary>
    public byte[]? FileOf(string path) => _root + path.Split('?')[0] is var file && File.Exists(file) ? File.ReadAllBytes(file) : null;

    public ValueTask DisposeAsync() => _loop.DisposeAsync();

    private async Task ServeAsync(NetworkStream stream, CancellationToken cancel)
    {
        var request = RequestOf(Encoding.ASCII.GetString(await AcceptLoop.ReadHeadAsync(stream, cancel)));
        _requests.Enqueue($"{request.Method} {request.Path}");
        if (!await Fault(request, stream, cancel)) await AnswerAsync(request, stream, cancel);
    }

    private async Task AnswerAsync(Request request, NetworkStream stream, CancellationToken cancel)
    {
        if (request.Method is "PUT")
        {
            await stream.WriteAsync("HTTP/1.1 100 Continue\r\n\r\n"u8.ToArray(), cancel);
            var body = new byte[request.Length];
            await stream.ReadExactlyAsync(body, cancel);
            Directory.CreateDirectory(Path.GetDirectoryName(_root + request.Path)!);
            await File.WriteAllBytesAsync(_root + request.Path, body, cancel);
            await AnswerAsync(stream, "201 Created");
        }
        else if (FileOf(request.Path) is not { } file) await AnswerAsync(stream, "404 Not Found");
        else await AnswerAsync(stream, "200 OK", request.Method is "GET" ? file : []);
    }

    private static Request RequestOf(string head)
    {
        var lines = head.Split("\r\n");
        var length = lines.FirstOrDefault(l => l.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase))?.Split(':')[1];
        var words = lines[0].Split(' ');
        return new(words[0], words.ElementAtOrDefault(1) ?? "", int.Parse(length ?? "0", CultureInfo.InvariantCulture), string.Join('\n', lines));
    }

    internal sealed record Request(string Method, string Path, int Length, string Head);
}
