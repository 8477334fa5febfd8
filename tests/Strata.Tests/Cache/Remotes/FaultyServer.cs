using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Strata.Tests.Cache.Remotes;

/// <summary>A web server on loopback that shows and fills a directory, and misbehaves exactly as a test wants.</summary>
internal sealed class FaultyServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentQueue<string> _requests = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly string _root;
    private readonly Task _loop;

    public FaultyServer(string root)
    {
        _root = root;
        _listener.Start();
        _loop = AcceptAsync();
    }

    /// <summary>Answers in place of the server; false when the server shall.</summary>
    public Func<Request, NetworkStream, CancellationToken, Task<bool>> Fault { get; set; } = (_, _, _) => Task.FromResult(false);

    public string Url => $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/";

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

    public byte[]? FileOf(string path) => File.Exists(_root + path) ? File.ReadAllBytes(_root + path) : null;

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
            while (true) running.Add(ServeAsync(await _listener.AcceptTcpClientAsync(_stop.Token)));
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(running);
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                var stream = client.GetStream();
                var request = await ReadHeadAsync(stream);
                _requests.Enqueue($"{request.Method} {request.Path}");
                if (!await Fault(request, stream, _stop.Token)) await AnswerAsync(request, stream);
            }
            catch (Exception e) when (e is IOException or OperationCanceledException)
            {
                // The client had enough, or the test is over.
            }
        }
    }

    private async Task AnswerAsync(Request request, NetworkStream stream)
    {
        if (request.Method is "PUT")
        {
            await stream.WriteAsync("HTTP/1.1 100 Continue\r\n\r\n"u8.ToArray(), _stop.Token);
            var body = new byte[request.Length];
            await stream.ReadExactlyAsync(body, _stop.Token);
            Directory.CreateDirectory(Path.GetDirectoryName(_root + request.Path)!);
            await File.WriteAllBytesAsync(_root + request.Path, body, _stop.Token);
            await AnswerAsync(stream, "201 Created");
        }
        else if (FileOf(request.Path) is not { } file) await AnswerAsync(stream, "404 Not Found");
        else await AnswerAsync(stream, "200 OK", request.Method is "GET" ? file : []);
    }

    private async Task<Request> ReadHeadAsync(NetworkStream stream)
    {
        var head = new List<byte>();
        var one = new byte[1];
        while (!head.TakeLast(4).SequenceEqual("\r\n\r\n"u8.ToArray()) && await stream.ReadAsync(one, _stop.Token) > 0) head.Add(one[0]);
        var lines = Encoding.ASCII.GetString([.. head]).Split("\r\n");
        var length = lines.FirstOrDefault(l => l.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase))?.Split(':')[1];
        var words = lines[0].Split(' ');
        return new(words[0], words.ElementAtOrDefault(1) ?? "", int.Parse(length ?? "0", CultureInfo.InvariantCulture), string.Join('\n', lines));
    }

    internal sealed record Request(string Method, string Path, int Length, string Head);
}
