using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Strata.Tests.Fetch;

/// <summary>An FTP server on loopback with one file, which breaks off when a test wants it: as much of RFC 959 and RFC 2428 as a download takes.</summary>
internal sealed class FtpServer : IAsyncDisposable
{
    private readonly TcpListener _control = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly string _file;
    private readonly byte[] _content;
    private readonly ConcurrentQueue<string> _starts = new();
    private readonly Task _loop;

    public FtpServer(string file, byte[] content)
    {
        (_file, _content) = (file, content);
        _control.Start();
        _loop = AcceptAsync();
    }

    /// <summary>The first transfer ends after so many bytes.</summary>
    public int? BreaksOffAfter { get; init; }

    /// <summary>What breaks off is silence instead of an end.</summary>
    public bool StaysOpen { get; init; }

    /// <summary>Where transfers began, in order.</summary>
    public string[] Starts => [.. _starts];

    public string Url(string path) => $"ftp://127.0.0.1:{PortOf(_control)}/{path}";

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _control.Stop();
        await _loop.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }

    private static int PortOf(TcpListener listener) => ((IPEndPoint)listener.LocalEndpoint).Port;

    private async Task AcceptAsync()
    {
        while (true)
        {
            using var client = await _control.AcceptTcpClientAsync(_stop.Token);
            await ServeAsync(client);
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using var reader = new StreamReader(client.GetStream());
        await using var writer = new StreamWriter(client.GetStream()) { NewLine = "\r\n", AutoFlush = true };
        using var data = new TcpListener(IPAddress.Loopback, 0);
        data.Start();
        var from = 0;
        await writer.WriteLineAsync("220 ready");
        while (await reader.ReadLineAsync(_stop.Token) is { } line)
        {
            var (command, argument) = (line.Split(' ')[0], line.Split(' ').ElementAtOrDefault(1) ?? "");
            await writer.WriteLineAsync(command switch
            {
                "USER" => "331 password",
                "PASS" => "230 welcome",
                "PWD" => "257 \"/\"",
                "CWD" or "TYPE" => "200 fine",
                "EPSV" => $"229 passive (|||{PortOf(data)}|)",
                "REST" => $"350 from {from = int.Parse(argument, CultureInfo.InvariantCulture)}",
                "SIZE" when argument == _file => $"213 {_content.Length}",
                "RETR" when argument == _file => "150 here it comes",
                "QUIT" => "221 bye",
                _ => "550 no",
            });
            if (command == "RETR" && argument == _file)
            {
                var cut = _starts.IsEmpty ? BreaksOffAfter : null;
                _starts.Enqueue(from.ToString(CultureInfo.InvariantCulture));
                using (var sink = await data.AcceptTcpClientAsync(_stop.Token))
                {
                    await sink.GetStream().WriteAsync(_content.AsMemory(from, (cut ?? _content.Length) - from), _stop.Token);
                    if (cut is not null && StaysOpen) await Task.Delay(Timeout.Infinite, _stop.Token);
                }
                await writer.WriteLineAsync(cut is null ? "226 done" : "426 broke off");
            }
        }
    }
}
