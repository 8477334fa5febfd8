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

        var fetched = await fetcher.FetchAsync(new PinnedGit(SourceUri.Parse(entry + ";tag=v1"), Upstream.Middle) { Secrets = new(false, Keys: true) }, default, null, CancellationToken.None);
        Assert.True(fetched is FetchOutcome.Fetched, (fetched as FetchOutcome.Unavailable)?.Problem.ToString());
        Assert.IsType<FetchOutcome.Unavailable>(await fetcher.FetchAsync(new PinnedGit(SourceUri.Parse(entry), Upstream.Side) { Secrets = new(false, Keys: true) }, default, null, CancellationToken.None));

        // The recipe has to say that it takes the user's keys.
        var undeclared = Assert.IsType<FetchOutcome.Unavailable>(await fetcher.FetchAsync(new PinnedGit(SourceUri.Parse(entry), Upstream.Tip), default, null, CancellationToken.None));
        Assert.Contains("do_fetch[secrets] = \"ssh-agent\"", undeclared.Problem.Hint, StringComparison.Ordinal);

        // Without a key there is an answer, and no question that nobody answers.
        File.Delete(Files.At("key"));
        var refused = Assert.IsType<FetchOutcome.Unavailable>(await fetcher.FetchAsync(new PinnedGit(SourceUri.Parse(entry), Upstream.Tip) { Secrets = new(false, Keys: true) }, default, null, CancellationToken.None));
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

    [Fact]
    public async Task A_repository_behind_a_password_is_fetched_when_the_recipe_declares_that_it_takes_passwords()
    {
        await using var gateway = await GatewayAsync();
        await ShellAsync($"printf 'me:%s\\n' \"$(openssl passwd -apr1 secret)\" > {Files.At("users")}");
        await using var server = await NginxAsync($"auth_basic upstream; auth_basic_user_file {Files.At("users")};", tls: false, backend: true);
        using var workspace = new CliWorkspace();
        Files.Write("home/.netrc", "machine 127.0.0.1 login me password secret\n");
        Files.Write("www/hello-1.0.tar.gz", "sources");
        var recipe = $"""
            SUMMARY = "Hello"
            LICENSE = "CLOSED"
            SRC_URI = "http://127.0.0.1:{server.Port}/hello-1.0.tar.gz git://127.0.0.1:{server.Port}/git/up.git/.git;protocol=http;branch=main"
            SRC_URI[sha256sum] = "{Digest.Of("sources").Hex}"
            SRCREV = "{Upstream.Middle}"
            inherit native

            """;
        workspace.Write("meta-product/recipes-product/hello/hello-native_1.0.bb", recipe);

        var undeclared = await StrataAsync(workspace, trusted: false);
        workspace.Write("meta-product/recipes-product/hello/hello-native_1.0.bb", recipe + "do_fetch[secrets] = \"netrc\"\n");
        var declared = await StrataAsync(workspace, trusted: false);

        Assert.Equal(2, (undeclared.Output + undeclared.Error).Split("do_fetch[secrets] = \"netrc\"").Length - 1);
        Assert.Contains("answered 401", undeclared.Output + undeclared.Error, StringComparison.Ordinal);
        Assert.True(declared.Succeeded, declared.Output + declared.Error);
        Assert.Contains("2 fetched", declared.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("secret\n", declared.Output + declared.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Files_come_from_an_FTP_daemon()
    {
        Files.Write("ftp/dir/hello-1.0.tar.gz", "sources");
        var port = RemoteServer.FreePort();
        var configuration = Files.Write("vsftpd.conf", $"""
            listen=YES
            listen_address=127.0.0.1
            listen_port={port}
            background=NO
            run_as_launching_user=YES
            anonymous_enable=YES
            no_anon_password=YES
            local_enable=NO
            anon_root={Files.At("ftp")}
            ftp_username={Environment.UserName}
            seccomp_sandbox=NO

            """);
        await using var server = await RemoteServer.StartAsync(["/usr/sbin/vsftpd", configuration], port, null, "vsftpd");
        var blobs = new BlobStore(Files.At("blobs"));
        using var fetcher = new Fetcher(new() { DownloadDirectory = Files.At("downloads"), Environment = HostEnvironment.Current }, blobs, []);
        var pin = Digest.Of("sources");
        Task<FetchOutcome> FetchAsync(string path, Digest digest) =>
            fetcher.FetchAsync(new PinnedFile(SourceUri.Parse($"ftp://127.0.0.1:{port}/{path}"), digest), default, null, CancellationToken.None);

        Assert.Contains("other bytes", Assert.IsType<FetchOutcome.Unavailable>(await FetchAsync("dir/hello-1.0.tar.gz", Digest.Of("other"))).Problem.Message, StringComparison.Ordinal);
        Assert.Contains("curl: (", Assert.IsType<FetchOutcome.Unavailable>(await FetchAsync("dir/hello-2.0.tar.gz", pin)).Problem.Message, StringComparison.Ordinal);
        Assert.IsType<FetchOutcome.Fetched>(await FetchAsync("dir/hello-1.0.tar.gz", pin));
        Assert.Equal("sources", await File.ReadAllTextAsync(blobs.PathOf(pin)));
        Assert.Empty(Directory.EnumerateFiles(Files.At("downloads/incoming")));
    }

    /// <summary>Git's own server program, for a web server that speaks FastCGI.</summary>
    private async Task<IAsyncDisposable> GatewayAsync()
    {
        var running = new CancellationTokenSource();
        var process = ProcessRunner.RunAsync(new()
        {
            Command = ["/usr/sbin/fcgiwrap", "-s", $"unix:{Files.At("fcgi")}"],
            // Repositories of another user would be distrusted.
            Environment = HostEnvironment.Current.SetItem("GIT_CONFIG_COUNT", "1").SetItem("GIT_CONFIG_KEY_0", "safe.directory").SetItem("GIT_CONFIG_VALUE_0", "*"),
        }, running.Token);
        for (var tries = 0; !File.Exists(Files.At("fcgi")); tries++)
        {
            Assert.True(tries < 500 && !process.IsFaulted, "fcgiwrap does not start: apt install fcgiwrap");
            await Task.Delay(20);
        }
        return new Running(process, running);
    }

    private sealed class Running(Task process, CancellationTokenSource stop) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            await stop.CancelAsync();
            await process.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            stop.Dispose();
        }
    }

    /// <summary>A program of its own: which certificates a process trusts is decided when it first needs one.</summary>
    private Task<ProcessOutcome> StrataAsync(CliWorkspace workspace, bool trusted)
    {
        var environment = HostEnvironment.Current;
        if (Directory.Exists(Files.At("home"))) environment = environment.SetItem("HOME", Files.At("home"));
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

    private async Task<RemoteServer> NginxAsync(string location = "", bool tls = true, bool backend = false)
    {
        await ShellAsync($"openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=127.0.0.1 -addext subjectAltName=IP:127.0.0.1 -keyout {Files.At("private")} -out {Files.At("certificate")} 2>&1");
        Directory.CreateDirectory(Files.At("www"));
        var port = RemoteServer.FreePort();
        var user = Environment.IsPrivilegedProcess ? "user root;" : "";
        var git = backend
            ? $"""
                location /git/ {"{"}
                    {location}
                    fastcgi_pass unix:{Files.At("fcgi")};
                    fastcgi_param SCRIPT_FILENAME /usr/lib/git-core/git-http-backend;
                    fastcgi_param GIT_HTTP_EXPORT_ALL 1; fastcgi_param GIT_PROJECT_ROOT {Files.At("upstream")};
                    fastcgi_param PATH_INFO $pathinfo; fastcgi_param REQUEST_METHOD $request_method; fastcgi_param QUERY_STRING $query_string;
                    fastcgi_param CONTENT_TYPE $content_type; fastcgi_param CONTENT_LENGTH $content_length; fastcgi_param REMOTE_USER $remote_user;
                    fastcgi_param HTTP_CONTENT_ENCODING $http_content_encoding; fastcgi_param GIT_PROTOCOL $http_git_protocol;
                {"}"}
                """
            : "";
        var configuration = Files.Write("nginx.conf", $$"""
            daemon off; worker_processes 1; pid {{Files.At("nginx.pid")}}; error_log {{Files.At("error.log")}}; {{user}}
            events { worker_connections 64; }
            http {
                access_log off;
                client_body_temp_path {{Files.At("temp")}}; proxy_temp_path {{Files.At("temp")}}; fastcgi_temp_path {{Files.At("temp")}};
                uwsgi_temp_path {{Files.At("temp")}}; scgi_temp_path {{Files.At("temp")}};
                map $uri $pathinfo { ~^/git(?<below>/.*)$ $below; }
                server {
                    {{git}}
                    listen 127.0.0.1:{{port}} {{(tls ? "ssl" : "")}};
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
