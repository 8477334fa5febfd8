using System.Net;
using System.Net.Sockets;

namespace Strata.Tests;

/// <summary>Listens on a free port of loopback and hands each connection to a server, until it is disposed.</summary>
internal sealed class AcceptLoop : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Func<NetworkStream, CancellationToken, Task> _serve;
    private readonly Task _loop;

    /// <param name="serve">Serves one connection; it is closed afterwards, also when the client has gone.</param>
    public AcceptLoop(Func<NetworkStream, CancellationToken, Task> serve)
    {
        _serve = serve;
        _listener.Start();
        _loop = RunAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>The head of a request with the empty line that ends it; shorter when the client goes before.</summary>
    public static async Task<byte[]> ReadHeadAsync(NetworkStream stream, CancellationToken cancel)
    {
        var head = new List<byte>();
        var one = new byte[1];
        while (!head.TakeLast(4).SequenceEqual("\r\n\r\n"u8.ToArray()) && await stream.ReadAsync(one, cancel) > 0) head.Add(one[0]);
        return [.. head];
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _loop;
        _stop.Dispose();
    }

    private async Task RunAsync()
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
                await _serve(client.GetStream(), _stop.Token);
            }
            catch (Exception e) when (e is IOException or OperationCanceledException)
            {
                // The client had enough, or the test is over.
            }
        }
    }
}
