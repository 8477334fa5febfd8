using System.Net;
using System.Net.Sockets;
using Strata.Core;

namespace Strata.Tests.Fetch;

/// <summary>A real repository with two branches and tags, which can be served by git's own daemon.</summary>
internal sealed class GitUpstream : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly string _directory;
    private Task _daemon = Task.CompletedTask;

    private GitUpstream(string directory) => _directory = directory;

    public string First { get; private set; } = "";

    /// <summary>On main, but not its tip; has the tag <c>v1</c>.</summary>
    public string Middle { get; private set; } = "";

    public string Tip { get; private set; } = "";

    /// <summary>On the branch <c>side</c> only.</summary>
    public string Side { get; private set; } = "";

    public string FileUri => $"git://{_directory}/up.git";

    public static async Task<GitUpstream> CreateAsync(string directory)
    {
        var upstream = new GitUpstream(directory);
        Directory.CreateDirectory(directory);
        await upstream.GitAsync("init", "--quiet", "--initial-branch=main", "up.git");
        upstream.First = await upstream.CommitAsync("README", "one");
        upstream.Middle = await upstream.CommitAsync("src/hidden.c", "two", (".gitattributes", "src/hidden.c export-ignore\nversion export-subst\n"), ("version", "$Format:%H$"));
        await upstream.GitAsync("-C", "up.git", "tag", "-a", "-m", "one", "v1");
        await upstream.GitAsync("-C", "up.git", "checkout", "--quiet", "-b", "side");
        upstream.Side = await upstream.CommitAsync("README", "side");
        await upstream.GitAsync("-C", "up.git", "checkout", "--quiet", "main");
        upstream.Tip = await upstream.CommitAsync("README", "three");
        return upstream;
    }

    public async Task<string> CommitAsync(string file, string text, params (string File, string Text)[] more)
    {
        foreach (var (name, content) in more.Append((file, text)))
        {
            var path = Path.Combine(_directory, "up.git", name);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            await File.WriteAllTextAsync(path, content);
        }
        await GitAsync("-C", "up.git", "add", "--all");
        await GitAsync("-C", "up.git", "commit", "--quiet", "--message", text);
        return (await GitAsync("-C", "up.git", "rev-parse", "HEAD")).Trim();
    }

    /// <summary>The address of a git daemon on loopback.</summary>
    public async Task<string> ServeAsync()
    {
        int port;
        using (var free = new TcpListener(IPAddress.Loopback, 0))
        {
            free.Start();
            port = ((IPEndPoint)free.LocalEndpoint).Port;
        }
        var ready = new TaskCompletionSource();
        _daemon = ProcessRunner.RunAsync(new()
        {
            Command = ["git", "daemon", "--verbose", "--export-all", "--reuseaddr", "--listen=127.0.0.1", $"--port={port}", $"--base-path={_directory}", _directory],
            OnLine = line => { if (line.Contains("Ready to rumble", StringComparison.Ordinal)) ready.TrySetResult(); },
        }, _stop.Token);
        await ready.Task.WaitAsync(TimeSpan.FromSeconds(10));
        return $"git://127.0.0.1:{port}/up.git";
    }

    public async Task<string> GitAsync(params string[] arguments)
    {
        var outcome = await ProcessRunner.RunAsync(new()
        {
            Command = ["git", .. arguments],
            WorkingDirectory = _directory,
            Environment = HostEnvironment.Current.SetItem("GIT_AUTHOR_NAME", "a").SetItem("GIT_AUTHOR_EMAIL", "a@example.org").SetItem("GIT_COMMITTER_NAME", "a")
                .SetItem("GIT_COMMITTER_EMAIL", "a@example.org").SetItem("GIT_AUTHOR_DATE", "2020-01-02T03:04:05Z").SetItem("GIT_COMMITTER_DATE", "2020-01-02T03:04:05Z")
                .SetItem("GIT_CONFIG_NOSYSTEM", "1").SetItem("GIT_CONFIG_GLOBAL", "/dev/null"),
        }, CancellationToken.None);
        Assert.True(outcome.Succeeded, outcome.Error);
        return outcome.Output;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _daemon.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }
}
