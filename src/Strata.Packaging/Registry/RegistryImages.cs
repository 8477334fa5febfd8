using System.Collections.Immutable;
using System.Net;
using System.Net.Http.Headers;
using Strata.Cache;
using Strata.Core;

namespace Strata.Packaging;

/// <summary>A repository of a registry, spoken to by the OCI distribution specification.</summary>
public sealed class RegistryImages(HttpClient client, ImageReference reference, ImmutableSortedDictionary<string, string> environment) : ImageStore
{
    private static readonly string[] s_manifests = [OciMediaTypes.Index, OciMediaTypes.Manifest, OciMediaTypes.DockerIndex, OciMediaTypes.DockerManifest];

    private readonly HttpExchange _http = new(client, reference.Address, new RegistryLogin(client, reference.Address, new CredentialSource(environment)).AnswerAsync);
    private long _requests;
    private long _bytesSent;

    public ImageReference Reference => reference;

    public override string Place => $"{reference.Host}/{reference.Repository}";

    /// <summary>How many requests were made, those to token servers and after challenges not counted.</summary>
    public long Requests => Interlocked.Read(ref _requests);

    /// <summary>Bytes of blobs and manifests.</summary>
    public long BytesSent => Interlocked.Read(ref _bytesSent);

    public override async Task<ImageManifest?> FindAsync(string name, CancellationToken cancel)
    {
        using var response = await TryAsync(() => ManifestRequest(HttpMethod.Get, name), cancel);
        if (response is null) return null;
        var bytes = await ReadAsync(response, cancel);
        var manifest = new ImageManifest(response.Content.Headers.ContentType?.MediaType ?? OciMediaTypes.Manifest, bytes);
        if (Digest.TryParse(name, out var wanted) && wanted != manifest.Digest) throw Wrong(new(manifest.MediaType, name, bytes.Length));
        return manifest;
    }

    /// <summary>Registries need not say the digest; those that do not are asked for the manifest.</summary>
    public override async Task<Digest?> FindDigestAsync(string name, CancellationToken cancel)
    {
        using var response = await TryAsync(() => ManifestRequest(HttpMethod.Head, name), cancel);
        if (response is null) return null;
        return response.Headers.TryGetValues("Docker-Content-Digest", out var values) && Digest.TryParse(values.FirstOrDefault(), out var digest)
            ? digest
            : (await FindAsync(name, cancel))?.Digest;
    }

    public override async Task<bool> HasBlobAsync(OciDescriptor blob, CancellationToken cancel)
    {
        using var response = await TryAsync(() => new(HttpMethod.Head, At($"blobs/{blob.Digest}")), cancel);
        return response is not null;
    }

    public override async Task<Stream> OpenBlobAsync(OciDescriptor blob, CancellationToken cancel)
    {
        var response = await TryAsync(() => new(HttpMethod.Get, At($"blobs/{blob.Digest}")), cancel)
            ?? throw new ImageException(ImageRules.Damaged(Place, $"{blob.Digest} is missing"));
        return await response.Content.ReadAsStreamAsync(cancel);
    }

    /// <summary>Within one registry nothing is moved: it only notes that this repository has the blob, too.</summary>
    public override async Task TakeBlobAsync(OciDescriptor blob, ImageStore source, CancellationToken cancel)
    {
        if (await HasBlobAsync(blob, cancel)) return;
        var from = source is RegistryImages other && other.Reference.Host == reference.Host ? $"?mount={blob.Digest}&from={Uri.EscapeDataString(other.Reference.Repository)}" : "";
        using var session = await DoAsync(() => new(HttpMethod.Post, At($"blobs/uploads/{from}")), cancel);
        if (session.StatusCode == HttpStatusCode.Created) return;
        await using var content = await source.OpenBlobAsync(blob, cancel);
        await UploadAsync(blob, content, session, cancel);
    }

    public override async Task WriteBlobAsync(OciDescriptor blob, Stream content, CancellationToken cancel)
    {
        using var session = await DoAsync(() => new(HttpMethod.Post, At("blobs/uploads/")), cancel);
        await UploadAsync(blob, content, session, cancel);
    }

    public override async Task WriteManifestAsync(ImageManifest manifest, string? tag, CancellationToken cancel)
    {
        Interlocked.Add(ref _bytesSent, manifest.Bytes.Length);
        (await DoAsync(() => ManifestRequest(HttpMethod.Put, tag ?? manifest.Digest.ToString(), manifest), cancel)).Dispose();
    }

    public override async Task<ImmutableArray<string>> TagsAsync(CancellationToken cancel)
    {
        var tags = new SortedSet<string>(StringComparer.Ordinal);
        for (Uri? page = At("tags/list?n=1000"); page is not null;)
        {
            var address = page;
            using var response = await TryAsync(() => new(HttpMethod.Get, address), cancel);
            if (response is null) break;
            if (OciJson.TryRead(await ReadAsync(response, cancel), OciJson.Default.TagList) is { Tags.IsDefault: false } list) tags.UnionWith(list.Tags);
            page = NextPage(response, address);
        }
        return [.. tags];
    }

    public override async Task<ImmutableArray<OciDescriptor>?> ReferrersAsync(Digest subject, CancellationToken cancel)
    {
        using var response = await TryAsync(() => new(HttpMethod.Get, At($"referrers/{subject}")), cancel);
        return response is null ? null : new ImageManifest(OciMediaTypes.Index, await ReadAsync(response, cancel)).Children;
    }

    /// <summary>Sends the blob in pieces: a connection that breaks costs one of them.</summary>
    private async Task UploadAsync(OciDescriptor blob, Stream content, HttpResponseMessage session, CancellationToken cancel)
    {
        var upload = new BlobUpload(_http, Digest.Parse(blob.Digest), blob.Size, Location(session)) { Sending = CountSent };
        try
        {
            await upload.SendAsync(content, cancel);
        }
        catch (Exception e) when (e is RemoteException or HttpRequestException)
        {
            throw new ImageException(ImageRules.RegistryFailed($"{Place} {blob.Digest}", e.Message), e);
        }

        void CountSent(int bytes)
        {
            Interlocked.Increment(ref _requests);
            Interlocked.Add(ref _bytesSent, bytes);
        }
    }

    private Uri Location(HttpResponseMessage session) =>
        new(reference.Address, session.Headers.Location ?? throw new ImageException(ImageRules.RegistryFailed(Place, "offers no place to upload to")));

    /// <summary>RFC 8288: <c>&lt;address&gt;; rel="next"</c>.</summary>
    private static Uri? NextPage(HttpResponseMessage response, Uri page) =>
        response.Headers.TryGetValues("Link", out var links) && links.FirstOrDefault(l => l.Contains("rel=\"next\"", StringComparison.Ordinal)) is { } link
            && Uri.TryCreate(page, link[(link.IndexOf('<', StringComparison.Ordinal) + 1)..Math.Max(1, link.IndexOf('>', StringComparison.Ordinal))], out var next) && next != page
            ? next
            : null;

    private HttpRequestMessage ManifestRequest(HttpMethod method, string name, ImageManifest? manifest = null)
    {
        var request = new HttpRequestMessage(method, At($"manifests/{name}"));
        foreach (var type in s_manifests) request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue(type));
        if (manifest is not null) request.Content = new ByteArrayContent(manifest.Bytes) { Headers = { ContentType = new(manifest.MediaType) } };
        return request;
    }

    private async Task<byte[]> ReadAsync(HttpResponseMessage response, CancellationToken cancel)
    {
        await using var stream = await response.Content.ReadAsStreamAsync(cancel);
        using var bytes = new MemoryStream();
        var buffer = new byte[1 << 14];
        for (int read; (read = await stream.ReadAsync(buffer, cancel)) > 0;)
        {
            bytes.Write(buffer, 0, read);
            if (bytes.Length > MostDocumentBytes) throw new ImageException(ImageRules.RegistryFailed(Place, $"sent more than {MostDocumentBytes} bytes where a few should be"));
        }
        return bytes.ToArray();
    }

    private Task<HttpResponseMessage?> TryAsync(Func<HttpRequestMessage> make, CancellationToken cancel) => CountedAsync(() => _http.TryGetAsync(make, cancel));

    private Task<HttpResponseMessage> DoAsync(Func<HttpRequestMessage> make, CancellationToken cancel) => CountedAsync(() => _http.DoAsync(make, cancel));

    private async Task<T> CountedAsync<T>(Func<Task<T>> exchange)
    {
        Interlocked.Increment(ref _requests);
        try
        {
            return await exchange();
        }
        catch (Exception e) when (e is RemoteException or HttpRequestException)
        {
            throw new ImageException(ImageRules.RegistryFailed(Place, e.Message), e);
        }
    }

    private Uri At(string path) => new(reference.Address, path);
}
