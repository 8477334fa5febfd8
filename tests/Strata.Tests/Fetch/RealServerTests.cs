using Strata.Cache;
using Strata.Core;
using Strata.Fetch;
using Strata.Tests.Cache.Remotes;
using Strata.Tests.Cli;

namespace Strata.Tests.Fetch;

/// <summary>Sources from the servers that the world uses: OpenSSH, nginx with TLS.</summary>
public sealed class RealServerTests : UpstreamTests
{
    [Fact]
    public async Task A_revision_comes_over_ssh_with_the_users_key()
    {
        await using var server = await SshAsync();
        var environment = HostEnvironment.Current.SetItem("GIT_SSH_COMMAND",
            $"ssh -F /dev/null -o BatchMode=yes -o IdentitiesOnly=yes -i {Files.At("key")} -o StrictHostKeyChecking=no -o UserKnownHostsFile={Files.At("known")}");
        using var fetcher = new Fetcher(new() { DownloadDirectory = Files.At("downloads"), Environment = environment }, new BlobStore(Files.At("blobs")), []);
        var entry = $"git://{Environment.UserName}@127.0.0.1:{server.Port}{Files.At("upstream")}/up.git;protocol=ssh;branch=main";

        var fetched = await fetcher.FetchAsync(new PinnedGit(SourceUri.Parse(entry + ";tag=v1"), Upstream.Middle), default, null, CancellationToken.None);
        Assert.True(fetched is FetchOutcome.Fetched, (fetched as FetchOutcome.Unavailable)?.Problem.ToString());
        Assert.IsType<FetchOutcome.Unavailable>(await fetcher.FetchAsync(new PinnedGit(SourceUri.Parse(entry), Upstream.Side), default, null, CancellationToken.None));

        // Without a key there is an answer, and no question that nobody answers.
        File.Delete(Files.At("key"));
        var refused = Assert.IsType<FetchOutcome.Unavailable>(await fetcher.FetchAsync(new PinnedGit(SourceUri.Parse(entry), Upstream.Tip), default, null, CancellationToken.None));
        Assert.Contains("Permission denied", refused.Problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Files_and_repositories_come_over_TLS_from_servers_that_can_be_trusted()
    {
        await using var server = await NginxAsync();
        using var workspace = new CliWorkspace();
        Files.Write("www/hello-1.0.tar.gz", "sources");
        await Upstream.GitAsync("clone", "--quiet", "--bare", "up.git", Files.At("www/plain.git"));
        await Upstream.GitAsync("-C", Files.At("www/plain.git"), "update-server-info");
        workspace.Write("meta-product/recipes-product/hello/hello-native_1.0.bb", $"""
            SUMMARY = "Hello"
            LICENSE = "CLOSED"
            SRC_URI = "https://127.0.0.1:{server.Port}/hello-1.0.tar.gz git://127.0.0.1:{server.Port}/plain.git;protocol=https;branch=main"
            SRC_URI[sha256sum] = "{Digest.Of("sources").Hex}"
            SRCREV = "{Upstream.Middle}"
            inherit native

            """);

        var stranger = await StrataAsync(workspace, trusted: false);
        Assert.Contains("no secure connection", stranger.Output + stranger.Error, StringComparison.Ordinal);
        Assert.Contains("certificate", stranger.Output + stranger.Error, StringComparison.Ordinal);

        var friend = await StrataAsync(workspace, trusted: true);
        Assert.True(friend.Succeeded, friend.Output + friend.Error);
        Assert.Contains("2 fetched", friend.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task From_TLS_no_redirect_leads_to_where_everybody_can_listen()
    {
        await using var server = await NginxAsync("return 302 http://127.0.0.1:1/elsewhere;");
        using var workspace = new CliWorkspace();
        workspace.Write("meta-product/recipes-product/hello/hello-native_1.0.bb",
            $"SUMMARY = \"Hello\"\nLICENSE = \"CLOSED\"\nSRC_URI = \"https://127.0.0.1:{server.Port}/a.tgz\"\nSRC_URI[sha256sum] = \"{Digest.Of("x").Hex}\"\ninherit native\n");

        var run = await StrataAsync(workspace, trusted: true);

        Assert.Contains("redirects from https to http, which is refused", run.Output + run.Error, StringComparison.Ordinal);
    }

    /// <summary>A program of its own: which certificates a process trusts is decided when it first needs one.</summary>
    private Task<ProcessOutcome> StrataAsync(CliWorkspace workspace, bool trusted)
    {
        var environment = HostEnvironment.Current;
        return ProcessRunner.RunAsync(new()
        {
            Command = ["dotnet", Path.Combine(AppContext.BaseDirectory, "strata.dll"), "-C", workspace.Top, "fetch", "hello-native"],
            Environment = trusted ? environment.SetItem("SSL_CERT_FILE", Files.At("certificate")).SetItem("GIT_SSL_CAINFO", Files.At("certificate")) : environment,
        }, CancellationToken.None);
    }

    private async Task<RemoteServer> SshAsync()
    {
        await ShellAsync($"ssh-keygen -q -t ed25519 -N '' -f {Files.At("host")}; ssh-keygen -q -t ed25519 -N '' -f {Files.At("key")}; cp {Files.At("key.pub")} {Files.At("allowed")}");
        if (Environment.IsPrivilegedProcess) Directory.CreateDirectory("/run/sshd");     // where it locks itself in, which a booted machine has
        var port = RemoteServer.FreePort();
        var configuration = Files.Write("sshd_config", $"""
            Port {port}
            ListenAddress 127.0.0.1
            HostKey {Files.At("host")}
            PidFile none
            AuthorizedKeysFile {Files.At("allowed")}
            PasswordAuthentication no
            KbdInteractiveAuthentication no
            UsePAM no
            StrictModes no
            PermitRootLogin yes

            """);
        return await RemoteServer.StartAsync(["/usr/sbin/sshd", "-D", "-e", "-f", configuration], port, null, "openssh-server");
    }

    private async Task<RemoteServer> NginxAsync(string location = "")
    {
        await ShellAsync($"openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=127.0.0.1 -addext subjectAltName=IP:127.0.0.1 -keyout {Files.At("private")} -out {Files.At("certificate")} 2>&1");
        Directory.CreateDirectory(Files.At("www"));
        var port = RemoteServer.FreePort();
        var user = Environment.IsPrivilegedProcess ? "user root;" : "";
        var configuration = Files.Write("nginx.conf", $$"""
            daemon off; worker_processes 1; pid {{Files.At("nginx.pid")}}; error_log {{Files.At("error.log")}}; {{user}}
            events { worker_connections 64; }
            http {
                access_log off;
                client_body_temp_path {{Files.At("temp")}}; proxy_temp_path {{Files.At("temp")}}; fastcgi_temp_path {{Files.At("temp")}};
                uwsgi_temp_path {{Files.At("temp")}}; scgi_temp_path {{Files.At("temp")}};
                server {
                    listen 127.0.0.1:{{port}} ssl;
                    ssl_certificate {{Files.At("certificate")}}; ssl_certificate_key {{Files.At("private")}};
                    location / { root {{Files.At("www")}}; {{location}} }
                }
            }
            """);
        return await RemoteServer.StartAsync(["/usr/sbin/nginx", "-e", Files.At("error.log"), "-c", configuration], port, null, "nginx-light");
    }

    private static async Task ShellAsync(string command)
    {
        var outcome = await ProcessRunner.RunAsync(new() { Command = ["sh", "-ec", command] }, CancellationToken.None);
        Assert.True(outcome.Succeeded, outcome.Output + outcome.Error);
    }
}
