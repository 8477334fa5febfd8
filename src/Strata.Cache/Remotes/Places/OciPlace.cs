using System.Net.Http.Headers;
using System.Text.Json;
using Strata.Core;

namespace Strata.Cache;

/// <summary>
/// A repository of an OCI registry. A key is a tag; its manifest has the archive as its only layer, so that the registry keeps it, and
/// the record as an annotation, so that one question answers everything.
/// </summary>
/// <param name="repository">Such as <c>https://registry.example/v2/team/cache/</c>, with the slash.</param>
internal sealed class OciPlace(Uri repository, HttpExchange http) : RemotePlace
{
    private const string ArtifactType = "application/vnd.strata.artifact.v1";
    private const string ArchiveType = "application/vnd.strata.artifact.v1.tar+zstd";
    private const string RecordAnnotation = "dev.strata.record";

    /// <summary>A manifest holds one record, in JSON once more.</summary>
    private const int MostManifestBytes = 4 * RemoteRecord.MostBytes;

    private static readonly byte[] s_empty = "{}"u8.ToArray();
    private static readonly OciDescriptor s_config = new("application/vnd.oci.empty.v1+json", Digest.Of(s_empty).ToString(), s_empty.Length);

    private bool _hasConfig;

    public override async Task<byte[]?> ReadRecordAsync(Digest key, CancellationToken cancel)
    {
        using var response = await http.TryGetAsync(() => Request(HttpMethod.Get, TagOf(key)), cancel);
        if (response is null) return null;
        await using var body = await response.Content.ReadAsStreamAsync(cancel);
        return RecordOf(await ReadSmallAsync(body, MostManifestBytes, cancel));
    }

    public override async Task WriteRecordAsync(Digest key, byte[] record, RemoteArchive archive, CancellationToken cancel)
    {
        await WriteConfigAsync(cancel);
        var manifest = new OciManifest(2, OciManifest.Type, ArtifactType, s_config, [new(ArchiveType, archive.Digest, archive.Size)],
            new() { [RecordAnnotation] = Convert.ToBase64String(record) });
        var json = JsonSerializer.SerializeToUtf8Bytes(manifest, RecordJson.Default.OciManifest);
        (await http.DoAsync(() => Request(HttpMethod.Put, TagOf(key), new ByteArrayContent(json) { Headers = { ContentType = new(OciManifest.Type) } }), cancel)).Dispose();
    }

    public override async Task<bool> HasArchiveAsync(Digest archive, CancellationToken cancel)
    {
        using var response = await http.TryGetAsync(() => new(HttpMethod.Head, BlobOf(archive)), cancel);
        return response is not null;
    }

    public override async Task<Stream?> OpenArchiveAsync(Digest archive, CancellationToken cancel)
    {
        var response = await http.TryGetAsync(() => new(HttpMethod.Get, BlobOf(archive)), cancel);
        return response is null ? null : await response.Content.ReadAsStreamAsync(cancel);
    }

    public override async Task WriteArchiveAsync(Digest archive, string file, Pace pace)
    {
        await using var content = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read, 0, FileOptions.SequentialScan);
        await WriteBlobAsync(archive, content, pace.Advance, pace.Token);
    }

    private static byte[]? RecordOf(byte[] manifest)
    {
        try
        {
            return JsonSerializer.Deserialize(manifest, RecordJson.Default.OciManifest)?.Annotations?.GetValueOrDefault(RecordAnnotation) is { } record
                ? Convert.FromBase64String(record)
                : null;
        }
        catch (Exception e) when (e is JsonException or FormatException)
        {
            throw new RemoteException(RemoteFault.Lie, "sent a manifest that is none", e);
        }
    }

    /// <summary>Every manifest must have one; all of ours share it.</summary>
    private async Task WriteConfigAsync(CancellationToken cancel)
    {
        if (_hasConfig) return;
        var digest = Digest.Of(s_empty);
        if (!await HasArchiveAsync(digest, cancel)) await WriteBlobAsync(digest, new MemoryStream(s_empty), _ => { }, cancel);
        _hasConfig = true;
    }

    private async Task WriteBlobAsync(Digest digest, Stream content, Action<int> moved, CancellationToken cancel)
    {
        var session = await BlobUpload.BeginAsync(http, cancel);
        await new BlobUpload(http, digest, content.Length, session) { Moved = moved }.SendAsync(content, cancel);
    }

    private static HttpRequestMessage Request(HttpMethod method, Uri uri, HttpContent? content = null)
    {
        var request = new HttpRequestMessage(method, uri) { Content = content };
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue(OciManifest.Type));
        return request;
    }

    private Uri TagOf(Digest key) => new(repository, $"manifests/key-{key.Hex}");

    private Uri BlobOf(Digest archive) => new(repository, $"blobs/{archive}");
}
