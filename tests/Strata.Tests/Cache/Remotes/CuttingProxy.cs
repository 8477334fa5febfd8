using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Strata.Tests.Cache.Remotes;

/// <summary>Stands before a real server on loopback, counts what clients send, and once breaks a connection in the middle of it.</summary>
internal sealed class CuttingProxy : IAsyncDisposable
{
    private readonly int _server;
    private readonly Func<long, string, bool> _cuts;
    private readonly AcceptLoop _loop;
    private long _received;
    private int _cut;

    /// <param name="server">Port of the server.</param>
    /// <param name="cuts">Told how many bytes clients have sent and the latest of them as text: whether the connection shall break before they get through.</param>
    public CuttingProxy(int server, Func<long, string, bool> cuts)
    {
        (_server, _cuts) = (server, cuts);
        _loop = new(ServeAsync);
    }

    public int Port => _loop.Port;

    /// <summary>Bytes that clients have sent, those that got lost included.</summary>
    public long Received => Interlocked.Read(ref _received);

    public bool HasCut => Volatile.Read(ref _cut) == 1;

    public ValueTask DisposeAsync() => _loop.DisposeAsync();

    private async Task ServeAsync(NetworkStream client, CancellationToken cancel)
    {
        using var server = new TcpClient();
        await server.ConnectAsync(IPAddress.Loopback, _server, cancel);
        var (up, down) = (SendAsync(client, server.GetStream(), cancel), server.GetStream().CopyToAsync(client, cancel));
        await await Task.WhenAny(up, down);
    }

    private async Task SendAsync(NetworkStream client, NetworkStream server, CancellationToken cancel)
    {
        var buffer = new byte[64 * 1024];
        while (await client.ReadAsync(buffer, cancel) is var read and not 0)
        {
            var received = Interlocked.Add(ref _received, read);
            if (!HasCut && _cuts(received, Encoding.ASCII.GetString(buffer, 0, read)) && Interlocked.CompareExchange(ref _cut, 1, 0) == 0) throw new IOException("cut");
            await server.WriteAsync(buffer.AsMemory(0, read), cancel);
        }
    }
}
