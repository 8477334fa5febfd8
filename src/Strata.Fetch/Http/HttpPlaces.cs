using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Strata.Core;

namespace Strata.Fetch;

/// <summary>Downloads over HTTP. A host that cannot be reached is asked once per build, and never holds anybody up again.</summary>
internal sealed class HttpPlaces : IDisposable
{
    private const int MostRedirects = 10;

    private readonly FetchOptions _options;
    private readonly HttpClient _client;
    private readonly Lazy<Netrc> _netrc;
    private readonly CredentialHelpers _helpers;
    private readonly ConcurrentDictionary<string, string> _dead = new(StringComparer.Ordinal);

    public HttpPlaces(FetchOptions options)
    {
        _options = options;
        _helpers = new(new GitProgram(options.Environment));
        _netrc = new(() => Netrc.Of(options.Environment));
        var handler = new SocketsHttpHandler
        {
            ConnectTimeout = options.ConnectTimeout,
            AllowAutoRedirect = false,     // each step has to be allowed
            Proxy = new EnvironmentProxy(options.Environment),
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

        await using var partial = new PartialBlob(reception.Blobs, reception.Pin);
        for (var attempt = 1; ; attempt++)
        {
            var (refusal, passing, wait) = await TryOnceAsync(place, address, reception, partial, cancel);
            if (refusal is null || !passing || attempt >= _options.Attempts) return refusal;
            if (wait > _options.LongestWait) return refusal with { Reason = $"{refusal.Reason}, and wants to be asked again only in {wait.Value.TotalSeconds:0} s" };
            await Task.Delay(wait ?? _options.RetryDelay * (1 << (attempt - 1)), cancel);
        }
    }

    public void Dispose() => _client.Dispose();

    /// <returns>Wait: what the server itself asks for before it is asked again.</returns>
    private async Task<(Refusal? Refusal, bool Passing, TimeSpan? Wait)> TryOnceAsync(
        SourceUri place, Uri address, BlobReception reception, PartialBlob partial, CancellationToken cancel)
    {
        try
        {
            using var response = await FollowAsync(place, address, reception.Secrets, partial, cancel);
            if (response.StatusCode is HttpStatusCode.RequestedRangeNotSatisfiable && partial.CanContinue)
            {
                await partial.RestartAsync();
                return (new(place.Address, "does not go on where it broke off"), true, null);
            }
            if (!response.IsSuccessStatusCode) return (Refuse(place, response, reception.Secrets), MayPass(response.StatusCode), WaitOf(response));

            var continues = response.StatusCode is HttpStatusCode.PartialContent && response.Content.Headers.ContentRange?.From == partial.Blob.Length;
            if (!continues) await partial.RestartAsync();
            partial.Version = response.Headers.ETag;
            var total = response.Content.Headers.ContentLength is { } length ? partial.Blob.Length + length : 0;
            await using var body = await response.Content.ReadAsStreamAsync(cancel);
            var refusal = await reception.ReceiveAsync(partial, body, place.Address, total, _options.Patience, cancel);
            if (refusal is { IsWrongDigest: true } && partial.IsLeftover)
            {
                await partial.RestartAsync();
                return (refusal, true, null);
            }
            return (refusal is { IsWrongDigest: true } ? Explain(refusal, response.Content.Headers.ContentType) : refusal, false, null);
        }
        catch (RedirectException e)
        {
            return (new(place.Address, e.Message), false, null);
        }
        catch (TimeoutException e)
        {
            return (GiveUp(place, e.Message), false, null);
        }
        catch (HttpRequestException e) when (e.HttpRequestError is HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError)
        {
            return (GiveUp(place, e.InnerException?.Message ?? e.Message), false, null);
        }
        catch (HttpRequestException e) when (e.HttpRequestError is HttpRequestError.SecureConnectionError)
        {
            return (GiveUp(place, e.InnerException is { } inner ? $"no secure connection: {inner.Message}" : e.Message), false, null);
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            return (new(place.Address, $"broke off: {e.Message}"), true, null);
        }
    }

    private static TimeSpan? WaitOf(HttpResponseMessage response) =>
        response.Headers.RetryAfter is { } after ? after.Delta ?? Later(after.Date) : null;

    private static TimeSpan Later(DateTimeOffset? date) => date > Clock.Now ? date.Value - Clock.Now : TimeSpan.Zero;

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

    /// <summary>The answer at the end of all redirects.</summary>
    /// <exception cref="RedirectException">They go in circles, or to where they must not.</exception>
    private async Task<HttpResponseMessage> FollowAsync(SourceUri place, Uri address, SourceSecrets secrets, PartialBlob partial, CancellationToken cancel)
    {
        var at = new UriBuilder(address) { UserName = "", Password = "" }.Uri;
        for (var redirects = 0; ; redirects++)
        {
            using var request = Request(place, address, at, secrets, partial);
            var response = await SendAsync(request, cancel);
            if (secrets.Passwords && response.StatusCode is HttpStatusCode.Unauthorized && request.Headers.Authorization is null && await _helpers.AskAsync(at, cancel))
            {
                response.Dispose();
                continue;
            }
            if ((int)response.StatusCode is not (301 or 302 or 303 or 307 or 308) || response.Headers.Location is not { } location) return response;

            response.Dispose();
            var next = new Uri(at, location);
            if (redirects == MostRedirects) throw new RedirectException($"redirects more than {MostRedirects} times");
            if (next.Scheme is not ("http" or "https")) throw new RedirectException($"redirects to {next.Scheme}://, which is refused");
            if (at.Scheme == "https" && next.Scheme == "http") throw new RedirectException("redirects from https to http, which is refused");
            if (!_options.Allows(next.Host)) throw new RedirectException($"redirects to {next.Host}, which is not in BB_ALLOWED_NETWORKS");
            at = next;
        }
    }

    private HttpRequestMessage Request(SourceUri place, Uri first, Uri at, SourceSecrets secrets, PartialBlob partial)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, at);
        if (CredentialsFor(place, first, at, secrets) is var (user, password))
            request.Headers.Authorization = new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}")));
        if (partial.CanContinue)
        {
            // With If-Range the server sends the whole file when it is another one by now.
            request.Headers.Range = new(partial.Blob.Length, null);
            if (partial.Version is { IsWeak: false } version) request.Headers.IfRange = new(version);
        }
        return request;
    }

    /// <summary>The recipe's only for the server that it names; a redirect does not take them elsewhere.</summary>
    private (string User, string Password)? CredentialsFor(SourceUri place, Uri first, Uri at, SourceSecrets secrets) =>
        place.User.Length > 0 && at.Authority == first.Authority ? (place.User, place.Password)
        : secrets.Passwords ? _netrc.Value.For(at.Host) ?? _helpers.For(at)
        : null;

    private static Refusal Refuse(SourceUri place, HttpResponseMessage response, SourceSecrets secrets) => new(
        place.Address, $"answered {(int)response.StatusCode} {response.ReasonPhrase}".TrimEnd(),
        MissingSecret: !secrets.Passwords && response.StatusCode is (HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden) ? SourceSecrets.PasswordsName : null);

    /// <summary>Portals and mirrors answer “200 OK” with a page that says no; the reader should not have to guess.</summary>
    private static Refusal Explain(Refusal refusal, MediaTypeHeaderValue? type) =>
        type?.MediaType is "text/html" ? refusal with { Reason = refusal.Reason + ", an HTML page" } : refusal;

    private static bool MayPass(HttpStatusCode status) => (int)status is 408 or 429 or 500 or 502 or 503 or 504;
}
