using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Text;

namespace Strata.Tests.Fetch;

/// <summary>An HTTP server on loopback that says exactly what a test wants, true or not.</summary>
internal sealed class LyingServer : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, Func<NetworkStream, CancellationToken, Task>> _answers = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<string> _requests = new();
    private readonly ConcurrentQueue<string> _headers = new();
    private readonly AcceptLoop _loop;

    public LyingServer() => _loop = new(AnswerAsync);

    /// <summary>Whole requests, headers and all, in order.</summary>
    public string[] Headers => [.. _headers];

    /// <summary>Paths asked for, in order.</summary>
    public string[] Requests => [.. _requests];

    public string Url(string path) => $"http://127.0.0.1:{_loop.Port}{path}";

    /// <summary>A correct answer with these bytes.</summary>
    public LyingServer Serve(string path, byte[] body, string type = "application/octet-stream") =>
        Say(path, [.. Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nContent-Type: {type}\r\nContent-Length: {body.Length}\r\nConnection: close\r\n\r\n"), .. body]);

    /// <summary>These bytes, headers and all, then the connection is closed.</summary>
    public LyingServer Say(string path, params byte[][] answers)
    {
        var turn = -1;
        return Do(path, (stream, cancel) => stream.WriteAsync(answers[Math.Min(Interlocked.Increment(ref turn), answers.Length - 1)], cancel).AsTask());
    }

    public LyingServer Say(string path, string answer) => Say(path, Encoding.ASCII.GetBytes(answer));

    public LyingServer Do(string path, Func<NetworkStream, CancellationToken, Task> answer)
    {
        _answers[path] = answer;
        return this;
    }

    public ValueTask DisposeAsync() => _loop.DisposeAsync();

    private async Task AnswerAsync(NetworkStream stream, CancellationToken cancel)
    {
        var request = Encoding.ASCII.GetString(await AcceptLoop.ReadHeadAsync(stream, cancel));
        var path = request.Split(' ').ElementAtOrDefault(1) ?? "";
        _headers.Enqueue(request);
        _requests.Enqueue(path);
        if (_answers.TryGetValue(path, out var answer)) await answer(stream, cancel);
        else await stream.WriteAsync("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"u8.ToArray(), cancel);
    }
}
