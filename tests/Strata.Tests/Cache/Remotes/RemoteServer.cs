using System.Net;
using System.Net.Sockets;
using Strata.Core;

namespace Strata.Tests.Cache.Remotes;

/// <summary>A real server program on loopback, for as long as the test runs.</summary>
internal sealed class RemoteServer : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly Task<ProcessOutcome> _running;

    private RemoteServer(string[] command, int port, string? log)
    {
        (Port, LogFile) = (port, log);
        _running = ProcessRunner.RunAsync(new() { Command = [.. command] }, _stop.Token);
    }

    public int Port { get; }

    private string? LogFile { get; }

    /// <summary>Lines <c>METHOD PATH STATUS</c> of nginx.</summary>
    public string[] Requests => File.ReadAllLines(LogFile!);

    /// <param name="more">Directives for its only location.</param>
    public static Task<RemoteServer> NginxAsync(TemporaryDirectory directory, string more = "")
    {
        var port = FreePort();
        foreach (var name in (string[])["www", "body"]) Directory.CreateDirectory(directory[name]);
        var user = Environment.IsPrivilegedProcess ? "user root;" : "";
        var configuration = directory.Write("nginx.conf", $$"""
            daemon off; worker_processes 1; pid {{directory["nginx.pid"]}}; error_log {{directory["error.log"]}}; {{user}}
            events { worker_connections 256; }
            http {
                log_format short '$request_method $uri $status';
                access_log {{directory["access.log"]}} short;
                client_body_temp_path {{directory["body"]}}; proxy_temp_path {{directory["body"]}}; fastcgi_temp_path {{directory["body"]}};
                uwsgi_temp_path {{directory["body"]}}; scgi_temp_path {{directory["body"]}};
                server {
                    listen 127.0.0.1:{{port}};
                    location / { root {{directory["www"]}}; dav_methods PUT; create_full_put_path on; client_max_body_size 1g; {{more}} }
                }
            }
            """);
        return StartAsync(["/usr/sbin/nginx", "-e", directory["error.log"], "-c", configuration], port, directory["access.log"], "nginx-light");
    }

    /// <param name="more">Sections of its configuration.</param>
    public static Task<RemoteServer> RegistryAsync(TemporaryDirectory directory, string more = "")
    {
        var port = FreePort();
        var configuration = directory.Write("registry.yml", $"""
            version: 0.1
            log: {"{"} level: error, accesslog: {"{"} disabled: true {"}"} {"}"}
            storage: {"{"} filesystem: {"{"} rootdirectory: {directory["registry"]} {"}"}, delete: {"{"} enabled: true {"}"} {"}"}
            http: {"{"} addr: "127.0.0.1:{port}" {"}"}
            {more}
            """);
        return StartAsync(["/usr/bin/docker-registry", "serve", configuration], port, null, "docker-registry");
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await ((Task)_running).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }

    /// <summary>A port that nothing listens to, as far as anybody can know.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>Returns when the program listens.</summary>
    /// <param name="package">Of Debian, for the message when the program is missing.</param>
    public static async Task<RemoteServer> StartAsync(string[] command, int port, string? log, string package)
    {
        Assert.True(File.Exists(command[0]), $"{command[0]} is missing: apt-get install {package}");
        var server = new RemoteServer(command, port, log);
        var started = Clock.Ticks;
        while (!await AnswersAsync(port))
        {
            if (server._running.IsCompleted) Assert.Fail((await server._running).Error);
            Assert.True(Clock.Since(started) < TimeSpan.FromSeconds(30), $"{command[0]} does not listen");
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
        return server;
    }

    private static async Task<bool> AnswersAsync(int port)
    {
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(IPAddress.Loopback, port, TestContext.Current.CancellationToken);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
