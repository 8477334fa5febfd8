using System.Net;
using System.Text;
using System.Text.Json;
using Strata.Core;
using Strata.Tests.Cache.Remotes;

namespace Strata.Tests.Fetch;

/// <summary>Git's smart HTTP on loopback: git's own <c>http-backend</c> behind a small web server, which has the interface of Git LFS, too.</summary>
internal sealed class GitHttpServer : IAsyncDisposable
{
    private const string LargeFilesPath = "/info/lfs/objects/";

    private readonly HttpListener _listener;
    private readonly string _directory;
    private readonly string _root;
    private readonly Task _loop;

    public GitHttpServer(string directory)
    {
        _directory = directory;
        while (!TryListen(_root = $"http://127.0.0.1:{RemoteServer.FreePort()}", out _listener!)) continue;
        _loop = AcceptAsync();
    }

    /// <summary>The SRC_URI entry of a repository in the directory.</summary>
    public string Entry(string repository) => $"git{_root["http".Length..]}/{repository};protocol=http";

    /// <summary>Large files that were handed out.</summary>
    public int LargeFiles { get; private set; }

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        await _loop;
        _listener.Close();
    }

    /// <summary>False when another test has taken the port in the meantime.</summary>
    private static bool TryListen(string address, out HttpListener? listener)
    {
        listener = new();
        listener.Prefixes.Add(address + "/");
        try
        {
            listener.Start();
            return true;
        }
        catch (HttpListenerException)
        {
            listener.Close();
            return false;
        }
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true) await AnswerAsync(await _listener.GetContextAsync());
        }
        catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task AnswerAsync(HttpListenerContext context)
    {
        var (request, response) = (context.Request, context.Response);
        if (request.Url!.AbsolutePath.Contains(LargeFilesPath, StringComparison.Ordinal))
        {
            await AnswerLargeAsync(request, response);
            return;
        }
        using var output = new MemoryStream();
        var outcome = await ProcessRunner.RunAsync(new()
        {
            Command = ["git", "http-backend"],
            Environment = HostEnvironment.Current.SetItem("GIT_PROJECT_ROOT", _directory).SetItem("GIT_HTTP_EXPORT_ALL", "1").SetItem("REQUEST_METHOD", request.HttpMethod)
                .SetItem("PATH_INFO", request.Url.AbsolutePath).SetItem("QUERY_STRING", request.Url.Query.TrimStart('?')).SetItem("CONTENT_TYPE", request.ContentType ?? "")
                .SetItem("CONTENT_LENGTH", request.ContentLength64 >= 0 ? $"{request.ContentLength64}" : "").SetItem("GIT_PROTOCOL", request.Headers["Git-Protocol"] ?? "")
                .SetItem("HTTP_CONTENT_ENCODING", request.Headers["Content-Encoding"] ?? "").SetItem("REMOTE_ADDR", "127.0.0.1")
                .SetItem("GIT_CONFIG_NOSYSTEM", "1").SetItem("GIT_CONFIG_GLOBAL", "/dev/null"),
            WriteInput = request.InputStream.CopyTo,
            ReadOutput = stream => stream.CopyTo(output),
        }, CancellationToken.None);
        Assert.True(outcome.Succeeded, outcome.Error);

        var answer = output.ToArray();
        var end = answer.AsSpan().IndexOf("\r\n\r\n"u8);
        foreach (var header in Encoding.ASCII.GetString(answer, 0, end).Split("\r\n").Select(h => h.Split(": ", 2)))
            if (header[0] == "Status") response.StatusCode = int.Parse(header[1].AsSpan(0, 3), System.Globalization.CultureInfo.InvariantCulture);
            else response.Headers[header[0]] = header[1];
        await response.OutputStream.WriteAsync(answer.AsMemory(end + 4));
        response.Close();
    }

    /// <summary>The batch interface says where the objects are; see the specification of Git LFS.</summary>
    private async Task AnswerLargeAsync(HttpListenerRequest request, HttpListenerResponse response)
    {
        var path = request.Url!.AbsolutePath;
        var repository = path[..path.IndexOf(LargeFilesPath, StringComparison.Ordinal)];
        if (request.HttpMethod == "POST")
        {
            using var question = await JsonDocument.ParseAsync(request.InputStream);
            var objects = question.RootElement.GetProperty("objects").EnumerateArray().Select(o => (Id: o.GetProperty("oid").GetString()!, Size: o.GetProperty("size").GetInt64()));
            var answers = objects.Select(o => $$$$"""{"oid":"{{{{o.Id}}}}","size":{{{{o.Size}}}},"actions":{"download":{"href":"{{{{_root + repository + LargeFilesPath + o.Id}}}}"}}}""");
            response.ContentType = "application/vnd.git-lfs+json";
            await response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes($$"""{"transfer":"basic","objects":[{{string.Join(',', answers)}}]}"""));
        }
        else
        {
            LargeFiles++;
            var id = Path.GetFileName(path);
            var name = repository.Trim('/')[..^".git".Length];
            await response.OutputStream.WriteAsync(await File.ReadAllBytesAsync(Path.Combine(_directory, name, ".git/lfs/objects", id[..2], id[2..4], id)));
        }
        response.Close();
    }
}
