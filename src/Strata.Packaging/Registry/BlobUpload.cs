using System.Net;
using System.Net.Http.Headers;
using Strata.Cache;

namespace Strata.Packaging;

/// <summary>
/// One blob on its way to a registry: in one request when it is small, in pieces otherwise. After a broken connection the registry is
/// asked how much it has, and the rest of the piece follows.
/// </summary>
/// <param name="session">Where the registry wants the first piece.</param>
/// <param name="sent">Told the bytes of every request.</param>
internal sealed class BlobUpload(HttpExchange http, OciDescriptor blob, Uri session, Action<int> sent)
{
    /// <summary>Bytes; also what one upload holds in memory.</summary>
    public const int PieceSize = 8 << 20;

    private const int Attempts = 4;

    private static readonly TimeSpan s_delay = TimeSpan.FromMilliseconds(300);

    private Uri _location = session;
    private long _received;

    /// <exception cref="ImageException">The registry does not take it, or the content is shorter than the descriptor says.</exception>
    public async Task SendAsync(Stream content, CancellationToken cancel)
    {
        var buffer = new byte[Math.Min(PieceSize, blob.Size)];
        for (var start = 0L; ;)
        {
            var length = await content.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancel);
            if (length == 0 && start < blob.Size) throw Failure("the blob is shorter than its descriptor says");
            var isLast = start + length >= blob.Size;
            await SendPieceAsync(buffer.AsMemory(0, length), start, isLast, cancel);
            if (isLast) return;
            start += length;
        }
    }

    private async Task SendPieceAsync(ReadOnlyMemory<byte> piece, long start, bool isLast, CancellationToken cancel)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                var rest = piece[(int)(_received - start)..];
                sent(rest.Length);
                using var response = await http.DoAsync(() => Request(rest, isLast), cancel);
                if (response.Headers.Location is { } next && !isLast) _location = new(_location, next);
                _received = start + piece.Length;
                return;
            }
            catch (Exception e) when (IsPassing(e) && attempt < Attempts)
            {
                await Task.Delay(s_delay * attempt, cancel);
                if (isLast && await IsCompleteAsync(cancel)) return;
                _received = Math.Clamp(await ReceivedAsync(cancel) ?? start, start, start + piece.Length);
            }
            catch (Exception e) when (e is RemoteException or HttpRequestException)
            {
                throw Failure(e.Message, e);
            }
        }
    }

    private HttpRequestMessage Request(ReadOnlyMemory<byte> bytes, bool isLast)
    {
        var content = new ReadOnlyMemoryContent(bytes) { Headers = { ContentType = new("application/octet-stream") } };
        // A registry may refuse the range of everything at once.
        if (!bytes.IsEmpty && (!isLast || _received > 0)) content.Headers.TryAddWithoutValidation("Content-Range", $"{_received}-{_received + bytes.Length - 1}");
        return new(isLast ? HttpMethod.Put : HttpMethod.Patch, isLast ? Finish() : _location) { Content = content };
    }

    private Uri Finish()
    {
        var target = new UriBuilder(_location);
        target.Query = $"{target.Query.TrimStart('?')}{(target.Query.Length > 1 ? "&" : "")}digest={blob.Digest}";
        return target.Uri;
    }

    /// <summary>The answer to the last piece may be what was lost.</summary>
    private async Task<bool> IsCompleteAsync(CancellationToken cancel)
    {
        try
        {
            var address = new Uri(http.Server, $"blobs/{blob.Digest}");
            using var response = await http.TryGetAsync(() => new(HttpMethod.Head, address), cancel);
            return response is not null;
        }
        catch (Exception e) when (IsPassing(e))
        {
            return false;
        }
    }

    /// <summary>How many bytes the registry has; null when it does not say.</summary>
    private async Task<long?> ReceivedAsync(CancellationToken cancel)
    {
        try
        {
            using var response = await http.TryGetAsync(() => new(HttpMethod.Get, _location), cancel);
            if (response?.Headers.Location is { } location) _location = new(_location, location);
            return response is { StatusCode: HttpStatusCode.NoContent or HttpStatusCode.Accepted } && response.Headers.TryGetValues("Range", out var ranges)
                && RangeHeaderValue.TryParse($"bytes={ranges.First().Replace("bytes=", "", StringComparison.Ordinal)}", out var range) && range.Ranges.First().To is { } to
                ? to + 1
                : null;
        }
        catch (Exception e) when (IsPassing(e))
        {
            return null;
        }
    }

    private static bool IsPassing(Exception e) => e is HttpRequestException or RemoteException { Fault: RemoteFault.Passing };

    private ImageException Failure(string reason, Exception? inner = null) => new(ImageRules.RegistryFailed($"{http.Server.Authority} {blob.Digest}", reason), inner);
}
