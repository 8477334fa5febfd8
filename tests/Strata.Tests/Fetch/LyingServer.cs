using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Strata.Tests.Fetch;

/// <summary>An HTTP server on loopback that says exactly what a test wants, true or not.</summary>
internal sealed class LyingServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentDictionary<string, Func<NetworkStream, CancellationToken, Task>> _answers = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<string> _requests = new();
    private readonly ConcurrentQueue<string> _headers = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _loop;

    public LyingServer()
    {
        _listener.Start();
        _loop = AcceptAsync();
    }

    /// <summary>Whole requests, headers and all, in order.</summary>
    public string[] Headers => [.. _headers];

    /// <summary>Paths asked for, in order.</summary>
    public string[] Requests => [.. _requests];

    public string Url(string path) => $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}{path}";

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

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _loop;
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        var running = new List<Task>();
        try
        {
            while (true) running.Add(AnswerAsync(await _listener.AcceptTcpClientAsync(_stop.Token)));
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(running);
        }
    }

    private async Task AnswerAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                var stream = client.GetStream();
                var path = await ReadPathAsync(stream);
                _requests.Enqueue(path);
                if (_answers.TryGetValue(path, out var answer)) await answer(stream, _stop.Token);
                else await stream.WriteAsync("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"u8.ToArray(), _stop.Token);
            }
            catch (Exception e) when (e is IOException or OperationCanceledException)
            {
                // The client had enough, or the test is over.
            }
        }
    }

    private async Task<string> ReadPathAsync(NetworkStream stream)
    {
        var request = new List<byte>();
        var one = new byte[1];
        while (!request.TakeLast(4).SequenceEqual("\r\n\r\n"u8.ToArray()) && await stream.ReadAsync(one, _stop.Token) > 0) request.Add(one[0]);
        _headers.Enqueue(Encoding.ASCII.GetString([.. request]));
        return Encoding.ASCII.GetString([.. request]).Split(' ').ElementAtOrDefault(1) ?? "";
    }
}
