using System.Net;
using System.Net.Http.Headers;

namespace Strata.Cache;

/// <summary>Requests to one server, with the credentials that it asks for. They are sent nowhere else, wherever it sends us.</summary>
/// <param name="tokens">Turns a server's challenge into what it wants to see; null when nothing is known for it.</param>
public sealed class HttpExchange(HttpClient client, Uri server, Func<AuthenticationHeaderValue, CancellationToken, Task<AuthenticationHeaderValue?>> tokens)
{
    private AuthenticationHeaderValue? _authorization;

    public Uri Server => server;

    /// <summary>One client for all remotes of a build.</summary>
    public static HttpClient Client(TimeSpan connectTimeout)
    {
        var handler = new SocketsHttpHandler
        {
            ConnectTimeout = connectTimeout,
            AutomaticDecompression = DecompressionMethods.None,        // digests are of the bytes as they lie there
            MaxConnectionsPerServer = 16,
        };
        var client = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
        client.DefaultRequestHeaders.UserAgent.Add(new("strata", null));
        return client;
    }

    /// <param name="make">A new request for each attempt: one with a body cannot be sent twice.</param>
    public async Task<HttpResponseMessage> SendAsync(Func<HttpRequestMessage> make, CancellationToken cancel)
    {
        var response = await SendOnceAsync(make, cancel);
        if (response.StatusCode is not HttpStatusCode.Unauthorized) return response;
        if (response.RequestMessage?.RequestUri?.Host != server.Host) return response;
        foreach (var challenge in response.Headers.WwwAuthenticate)
        {
            if (await tokens(challenge, cancel) is not { } authorization) continue;
            response.Dispose();
            _authorization = authorization;
            return await SendOnceAsync(make, cancel);
        }
        return response;
    }

    /// <summary>Null when the server does not have it.</summary>
    public async Task<HttpResponseMessage?> TryGetAsync(Func<HttpRequestMessage> make, CancellationToken cancel)
    {
        var response = await SendAsync(make, cancel);
        if (response.IsSuccessStatusCode) return response;
        using (response)
            return response.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.Gone ? null : throw Failure(response);
    }

    /// <summary>The answer to something that must succeed.</summary>
    public async Task<HttpResponseMessage> DoAsync(Func<HttpRequestMessage> make, CancellationToken cancel)
    {
        var response = await SendAsync(make, cancel);
        if (response.IsSuccessStatusCode) return response;
        using (response) throw Failure(response);
    }

    internal static HttpContent FileContent(string file, Pace pace)
    {
        var stream = new PacedFile(file, pace);
        var content = new StreamContent(stream);
        content.Headers.ContentLength = stream.Length;
        content.Headers.ContentType = new("application/octet-stream");
        return content;
    }

    private async Task<HttpResponseMessage> SendOnceAsync(Func<HttpRequestMessage> make, CancellationToken cancel)
    {
        using var request = make();
        if (Uri.Compare(request.RequestUri, server, UriComponents.SchemeAndServer, UriFormat.UriEscaped, StringComparison.OrdinalIgnoreCase) == 0)
            request.Headers.Authorization = _authorization;
        return await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancel);
    }

    private static RemoteException Failure(HttpResponseMessage response) => new(
        (int)response.StatusCode switch
        {
            507 => RemoteFault.Refused,                     // insufficient storage
            408 or 429 or >= 500 => RemoteFault.Passing,
            _ => RemoteFault.Refused,
        },
        $"answered {(int)response.StatusCode} ({response.StatusCode}) to {response.RequestMessage?.Method}");
}
