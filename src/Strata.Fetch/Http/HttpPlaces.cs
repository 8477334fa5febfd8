using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace Strata.Fetch;

/// <summary>Downloads over HTTP. A host that cannot be reached is asked once per build, and never holds anybody up again.</summary>
internal sealed class HttpPlaces : IDisposable
{
    private const int MostRedirects = 10;

    private readonly FetchOptions _options;
    private readonly HttpClient _client;
    private readonly ConcurrentDictionary<string, string> _dead = new(StringComparer.Ordinal);

    public HttpPlaces(FetchOptions options)
    {
        _options = options;
        var handler = new SocketsHttpHandler
        {
            ConnectTimeout = options.ConnectTimeout,
            MaxAutomaticRedirections = MostRedirects,
            AutomaticDecompression = DecompressionMethods.None,     // the pin is of the file as it lies on the server
            MaxConnectionsPerServer = 8,
        };
        _client = new(handler) { Timeout = Timeout.InfiniteTimeSpan };
        _client.DefaultRequestHeaders.UserAgent.Add(new("strata", null));
        _client.DefaultRequestHeaders.Accept.Add(new("*/*"));
    }

    /// <summary>Null when the pinned bytes arrived. Errors that may pass by themselves are tried again.</summary>
    public async Task<Refusal?> TryAsync(SourceUri place, BlobReception reception, CancellationToken cancel)
    {
        if (_dead.TryGetValue(place.Host, out var reason)) return new(place.Address, $"{reason} (asked before)");
        if (!Uri.TryCreate(place.Address, UriKind.Absolute, out var address)) return new(place.Address, "is no valid address");

        for (var attempt = 1; ; attempt++)
        {
            var (refusal, passing) = await TryOnceAsync(place, address, reception, cancel);
            if (refusal is null || !passing || attempt >= _options.Attempts) return refusal;
            await Task.Delay(_options.RetryDelay * (1 << (attempt - 1)), cancel);
        }
    }

    public void Dispose() => _client.Dispose();

    private async Task<(Refusal? Refusal, bool Passing)> TryOnceAsync(SourceUri place, Uri address, BlobReception reception, CancellationToken cancel)
    {
        try
        {
            using var request = Request(place, address);
            using var response = await SendAsync(request, cancel);
            if (!response.IsSuccessStatusCode) return (new(place.Address, Explain(response)), MayPass(response.StatusCode));

            await using var body = await response.Content.ReadAsStreamAsync(cancel);
            var refusal = await reception.ReceiveAsync(body, place.Address, response.Content.Headers.ContentLength ?? 0, _options.IdleTimeout, cancel);
            return (refusal is { IsWrongDigest: true } ? Explain(refusal, response.Content.Headers.ContentType) : refusal, false);
        }
        catch (TimeoutException e)
        {
            return (GiveUp(place, e.Message), false);
        }
        catch (HttpRequestException e) when (e.HttpRequestError is HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError)
        {
            return (GiveUp(place, e.InnerException?.Message ?? e.Message), false);
        }
        catch (HttpRequestException e) when (e.HttpRequestError is HttpRequestError.SecureConnectionError)
        {
            return (GiveUp(place, e.InnerException is { } inner ? $"no secure connection: {inner.Message}" : e.Message), false);
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            return (new(place.Address, $"broke off: {e.Message}"), true);
        }
    }

    private Refusal GiveUp(SourceUri place, string reason)
    {
        _dead[place.Host] = reason;
        return new(place.Address, reason);
    }

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancel)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        patience.CancelAfter(_options.ConnectTimeout + _options.IdleTimeout);
        try
        {
            return await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, patience.Token);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            throw new TimeoutException(patience.IsCancellationRequested
                ? $"did not answer within {(_options.ConnectTimeout + _options.IdleTimeout).TotalSeconds:0.#} s"
                : $"no connection within {_options.ConnectTimeout.TotalSeconds:0.#} s");
        }
    }

    private static HttpRequestMessage Request(SourceUri place, Uri address)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, new UriBuilder(address) { UserName = "", Password = "" }.Uri);
        if (place.User.Length > 0)
            request.Headers.Authorization = new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{place.User}:{place.Password}")));
        return request;
    }

    private static string Explain(HttpResponseMessage response) => (int)response.StatusCode switch
    {
        >= 300 and < 400 when response.RequestMessage?.RequestUri?.Scheme == "https" && response.Headers.Location?.Scheme == "http" =>
            "redirects from https to http, which is refused",
        >= 300 and < 400 => $"redirects more than {MostRedirects} times",
        var code => $"answered {code} {response.ReasonPhrase}".TrimEnd(),
    };

    /// <summary>Portals and mirrors answer “200 OK” with a page that says no; the reader should not have to guess.</summary>
    private static Refusal Explain(Refusal refusal, MediaTypeHeaderValue? type) =>
        type?.MediaType is "text/html" ? refusal with { Reason = refusal.Reason + ", an HTML page" } : refusal;

    private static bool MayPass(HttpStatusCode status) => (int)status is 408 or 429 or 500 or 502 or 503 or 504;
}
