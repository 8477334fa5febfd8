using Strata.Core;

namespace Strata.Cache;

/// <summary>Any web server that knows GET, HEAD and, to be written to, PUT that makes missing directories (WebDAV servers, object stores).</summary>
/// <param name="root">Ends with a slash.</param>
internal sealed class HttpPlace(Uri root, HttpExchange http) : RemotePlace
{
    public override async Task<byte[]?> ReadRecordAsync(Digest key, CancellationToken cancel)
    {
        using var response = await http.TryGetAsync(() => new(HttpMethod.Get, UriOf("keys", key)), cancel);
        if (response is null) return null;
        await using var body = await response.Content.ReadAsStreamAsync(cancel);
        return await ReadSmallAsync(body, RemoteRecord.MostBytes, cancel);
    }

    public override async Task WriteRecordAsync(Digest key, byte[] record, RemoteArchive archive, CancellationToken cancel) =>
        (await http.DoAsync(() => new(HttpMethod.Put, UriOf("keys", key)) { Content = new ByteArrayContent(record) }, cancel)).Dispose();

    public override async Task<bool> HasArchiveAsync(Digest archive, CancellationToken cancel)
    {
        using var response = await http.TryGetAsync(() => new(HttpMethod.Head, UriOf("archives", archive)), cancel);
        return response is not null;
    }

    public override async Task<Stream?> OpenArchiveAsync(Digest archive, CancellationToken cancel)
    {
        var response = await http.TryGetAsync(() => new(HttpMethod.Get, UriOf("archives", archive)), cancel);
        return response is null ? null : await response.Content.ReadAsStreamAsync(cancel);
    }

    public override async Task WriteArchiveAsync(Digest archive, string file, Pace pace) =>
        (await http.DoAsync(() => new(HttpMethod.Put, UriOf("archives", archive))
        {
            Content = HttpExchange.FileContent(file, pace),
            Headers = { ExpectContinue = true },            // who does not want it says so before it is sent
        }, pace.Token)).Dispose();

    private Uri UriOf(string kind, Digest digest) => new(root, DirectoryPlace.PathOf(kind, digest));
}
