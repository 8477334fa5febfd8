using System.Net;
using System.Net.Http.Headers;
using Strata.Core;

namespace Strata.Cache;

/// <summary>
/// One blob on its way to a registry: in one request when it is small, in pieces otherwise. After a broken connection the registry is
/// asked how much it has, and the rest follows. A registry that has given the upload up gets all of it again: docker-registry does
/// so when a piece broke in the middle, others keep what they got.
/// </summary>
/// <param name="http">To the repository.</param>
/// <param name="blob">What the registry shall know it by.</param>
/// <param name="size">Bytes of the blob.</param>
/// <param name="session">Where the registry wants the first piece.</param>
public sealed class BlobUpload(HttpExchange http, Digest blob, long size, Uri session)
{
    /// <summary>Bytes; also what one upload holds in memory.</summary>
    public const int PieceSize = 8 << 20;

    private const int Attempts = 4;

    private static readonly TimeSpan s_delay = TimeSpan.FromMilliseconds(300);

    private Uri _location = session;
    private long _received;
    private bool _isLost;

    /// <summary>Told the bytes of every request before it is made.</summary>
    public Action<int> Sending { get; init; } = _ => { };

    /// <summary>Told of bytes as they leave.</summary>
    public Action<int> Moved { get; init; } = _ => { };

    /// <param name="content">Read from where it stands; one that cannot seek can be sent only once.</param>
    /// <exception cref="RemoteException">The registry does not take it, or the content is shorter than was said.</exception>
    /// <exception cref="HttpRequestException">The registry cannot be reached.</exception>
    public async Task SendAsync(Stream content, CancellationToken cancel)
    {
        var start = content.CanSeek ? content.Position : 0;
        for (var attempt = 1; ; attempt++)
            try
            {
                await SendOnceAsync(content, cancel);
                return;
            }
            catch (RemoteException) when (_isLost && content.CanSeek && attempt < Attempts)
            {
                content.Position = start;
                (_location, _received, _isLost) = (await BeginAsync(http, cancel), 0, false);
            }
    }

    /// <summary>Where the registry wants the first piece of a new upload.</summary>
    public static async Task<Uri> BeginAsync(HttpExchange http, CancellationToken cancel)
    {
        using var session = await http.DoAsync(() => new(HttpMethod.Post, new Uri(http.Server, "blobs/uploads/")), cancel);
        return new Uri(http.Server, session.Headers.Location ?? throw new RemoteException(RemoteFault.Refused, "offers no place to upload to"));
    }

    private async Task SendOnceAsync(Stream content, CancellationToken cancel)
    {
        var buffer = new byte[Math.Min(PieceSize, size)];
        for (var start = 0L; ;)
        {
            var length = await content.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancel);
            if (length == 0 && start < size) throw new RemoteException(RemoteFault.Refused, "the blob is shorter than its descriptor says");
            var isLast = start + length >= size;
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
                Sending(rest.Length);
                using var response = await http.DoAsync(() => Request(rest, isLast), cancel);
                if (response.Headers.Location is { } next && !isLast) _location = new(_location, next);
                _received = start + piece.Length;
                return;
            }
            catch (Exception e) when (IsPassing(e) && attempt < Attempts)
            {
                await Task.Delay(s_delay * attempt, cancel);
                if (isLast && await IsCompleteAsync(cancel)) return;
                _received = Math.Clamp(await ReceivedAsync(cancel) ?? _received, start, start + piece.Length);
            }
        }
    }

    private HttpRequestMessage Request(ReadOnlyMemory<byte> bytes, bool isLast)
    {
        var content = new CountedBytes(bytes, Moved);
        // A registry may refuse the range of everything at once.
        if (!bytes.IsEmpty && (!isLast || _received > 0)) content.Headers.TryAddWithoutValidation("Content-Range", $"{_received}-{_received + bytes.Length - 1}");
        return new(isLast ? HttpMethod.Put : HttpMethod.Patch, isLast ? Finish() : _location) { Content = content };
    }

    private Uri Finish()
    {
        var target = new UriBuilder(_location);
        target.Query = $"{target.Query.TrimStart('?')}{(target.Query.Length > 1 ? "&" : "")}digest={blob}";
        return target.Uri;
    }

    /// <summary>The answer to the last piece may be what was lost.</summary>
    private async Task<bool> IsCompleteAsync(CancellationToken cancel)
    {
        try
        {
            var address = new Uri(http.Server, $"blobs/{blob}");
            using var response = await http.TryGetAsync(() => new(HttpMethod.Head, address), cancel);
            return response is not null;
        }
        catch (Exception e) when (IsPassing(e))
        {
            return false;
        }
    }

    /// <summary>How many bytes the registry has; null when it cannot be asked right now.</summary>
    /// <exception cref="RemoteException">It does not know the upload any more, or does not go on with it.</exception>
    private async Task<long?> ReceivedAsync(CancellationToken cancel)
    {
        try
        {
            using var response = await http.SendAsync(() => new(HttpMethod.Get, _location), cancel);
            if ((int)response.StatusCode >= 500) return null;
            if (response.Headers.Location is { } location) _location = new(_location, location);
            return response is { StatusCode: HttpStatusCode.NoContent or HttpStatusCode.Accepted } && response.Headers.TryGetValues("Range", out var ranges)
                && RangeHeaderValue.TryParse($"bytes={ranges.First().Replace("bytes=", "", StringComparison.Ordinal)}", out var range) && range.Ranges.First().To is { } to
                ? to + 1
                : throw Lost((int)response.StatusCode);
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }

    private RemoteException Lost(int status)
    {
        _isLost = true;
        return new(RemoteFault.Passing, $"answered {status} when it was asked how much of an upload it has");
    }

    private static bool IsPassing(Exception e) => e is HttpRequestException or RemoteException { Fault: RemoteFault.Passing };
}
